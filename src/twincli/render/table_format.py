"""The form for people at a terminal: cards, tables and running text, drawn with Rich."""

from __future__ import annotations

from importlib import import_module

from twincli.output import Output
from twincli.render.page import Page
from twincli.render.views import View


def render(view: View, output: Output) -> None:
    """Draw a view with the function that it names, and hand the page over."""
    page = Page(output)
    module, __, function = view.drawing.partition(":")
    getattr(import_module(f"twincli.render.{module}"), function)(view, page)
    page.show()
