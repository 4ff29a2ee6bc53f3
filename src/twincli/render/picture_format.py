"""HTML, SVG and PNG: a map as a picture for a report, drawn by Vega-Lite.

What draws it is heavy and seldom needed, so that it is an extra of the package: ``twincli[map]``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from twincli.errors import BadUsage, TwincliError
from twincli.i18n import _
from twincli.output import Output
from twincli.records import PairRecord
from twincli.render.map_views import PairMap
from twincli.render.views import View

# What the page calls of the libraries.
_EXPOSED = "window.vegaEmbed = vegaEmbed;"


def render(view: View, output: Output) -> None:
    """Write a map as a picture."""
    assert isinstance(view, PairMap)
    if output.format == "png" and output.path is None and output.terminal.is_tty:
        raise BadUsage(_("A PNG cannot be shown in a terminal; name a file: -o map.png"))
    try:
        # Here, since it takes half a second, and only this form needs it.
        import vl_convert

        from twincli.render.map_chart import map_chart
    except ImportError as error:
        if error.name and error.name.startswith("twincli"):
            raise
        raise TwincliError(
            _("HTML, SVG and PNG need two more packages: pip install altair vl-convert-python")
        ) from None
    pairs: list[PairRecord] = [json.loads(doc) for doc in view.docs]
    spec = map_chart(view, pairs, is_live=output.format == "html")
    version = _version(spec, vl_convert.get_vegalite_versions())
    if output.format == "html":
        from twincli.render.map_page import map_page

        output.write([map_page(spec, view.title, vl_convert.javascript_bundle(_EXPOSED, vl_version=version))])
    elif output.format == "svg":
        output.write([_with_titles(vl_convert.vegalite_to_svg(spec, vl_version=version))])
    else:
        output.write([vl_convert.vegalite_to_png(spec, vl_version=version, scale=2)])


def _version(spec: dict[str, Any], known: Sequence[str]) -> str:
    """Return the version of Vega-Lite to draw a specification with: its own where that is known, else the newest."""
    own = ".".join(spec["$schema"].rpartition("/v")[2].split(".")[:2])
    return own if own in known else known[-1]


_DESCRIBED = re.compile(r'(<path aria-label="([^"]*)"[^>]*?)(?:/>|></path>)')


def _with_titles(svg: str) -> str:
    """Return an SVG in which what is described to screen readers is shown to a pointer too."""
    return _DESCRIBED.sub(r"\1><title>\2</title></path>", svg)
