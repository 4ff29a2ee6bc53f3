"""JSON: an array or an object, one record a line, so that both jq and grep serve."""

from __future__ import annotations

from twincli.output import Output
from twincli.render.views import View


def render(view: View, output: Output) -> None:
    """Write the view's JSON text."""
    output.write(view.json())
