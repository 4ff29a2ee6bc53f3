"""JSON Lines: one record a line and nothing else."""

from __future__ import annotations

from twincli.output import Output
from twincli.render.views import View


def render(view: View, output: Output) -> None:
    """Write each record as one line."""
    output.write(record + "\n" for record in view.records())
