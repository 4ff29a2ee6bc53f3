"""Results in their forms: one module a format, loaded only when it is asked for.

A format is a module with a function ``render(view, output)``: it turns a view, which knows what is shown, into text,
and hands that to the output. To add one, write the module and name it in ``FORMATS``, or in
``SPECIAL_FORMATS`` where not every result has that form.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from twincli.errors import BadUsage
from twincli.i18n import _

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
    "geojson": "geojson_format",
    "graphml": "graphml_format",
}
# These take the pairs of a view, and are refused where it has none.
OF_PAIRS = ("geojson", "graphml")
# Forms that only some results have: the commands that offer one name it to ``output_with`` in commands/options.py.
SPECIAL_FORMATS = {
    "ics": "ics_format",
}


def render(view: View, output: Output) -> None:
    """Show a view in the output's format. Raises BadUsage where the format cannot hold it."""
    if output.format in OF_PAIRS:
        _require_pairs(view, output.format)
    module = import_module(f"twincli.render.{(FORMATS | SPECIAL_FORMATS)[output.format]}")
    module.render(view, output)


def _require_pairs(view: View, name: str) -> None:
    from twincli.render.views import HoldsPairs

    if not isinstance(view, HoldsPairs):
        others = ", ".join(other for other in FORMATS if other not in OF_PAIRS)
        message = _("{format} is a form of pairs of cities, and this answer holds none; --format takes here: {choices}")
        raise BadUsage(message.format(format=name, choices=others))
