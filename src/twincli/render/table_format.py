"""The form for people at a terminal: cards, tables and running text, drawn with Rich."""

from __future__ import annotations

from twincli.output import Output
from twincli.render import views
from twincli.render.page import Page


def render(view: views.View, output: Output) -> None:
    """Draw a view as its kind is drawn; each kind's module is loaded only when there is one to draw."""
    page = Page(output)
    if isinstance(view, views.PairList):
        from twincli.render.draw_list import draw_pair_list

        draw_pair_list(view, page)
    elif isinstance(view, views.CityCard):
        from twincli.render.draw_card import draw_city_card

        draw_city_card(view, page)
    elif isinstance(view, views.PairCard):
        from twincli.render.draw_card import draw_pair_card

        draw_pair_card(view, page)
    elif isinstance(view, views.TopicList):
        from twincli.render.draw_note import draw_topics

        draw_topics(view, page)
    elif isinstance(view, views.NotePages):
        from twincli.render.draw_note import draw_notes

        draw_notes(view, page)
    else:
        from twincli.render.draw_report import draw_report

        draw_report(view, page)
    page.show()
