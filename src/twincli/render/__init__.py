"""Results in their forms: one module a format, loaded only when it is asked for.

A format is a module with a function ``render(view, output)``: it turns a view, which knows what is shown, into text,
and hands that to the output. To add one, write the module and name it in ``FORMATS``, or in
``SPECIAL_FORMATS`` where not every result has that form.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from twincli.output import Output
    from twincli.render.views import View

FORMATS = {
    "table": "table_format",
    "json": "json_format",
    "jsonl": "jsonl_format",
    "csv": "csv_format",
    "tsv": "csv_format",
    "markdown": "markdown_format",
}
# Forms that only some results have: the commands that offer one name it to ``output_with`` in commands/options.py.
SPECIAL_FORMATS = {
    "geojson": "geojson_format",
    "graphml": "graphml_format",
    "ics": "ics_format",
    "html": "picture_format",
    "svg": "picture_format",
    "png": "picture_format",
}
PICTURE_FORMATS = tuple(name for name, module in SPECIAL_FORMATS.items() if module == "picture_format")


def render(view: View, output: Output) -> None:
    """Show a view in the output's format."""
    module = import_module(f"twincli.render.{(FORMATS | SPECIAL_FORMATS)[output.format]}")
    module.render(view, output)
