"""Drawing a list of pairs."""

from __future__ import annotations

import json

from rich.text import Text

from twincli.render.page import Page
from twincli.render.pair_table import Summary, draw_pairs, legend, tally
from twincli.render.views import PairList
from twincli.text import clean
from twincli.wording import shown_of


def draw_pair_list(view: PairList, page: Page) -> None:
    """Draw the table, under a heading where one city was asked for, and a line of totals."""
    cities = view.selection.cities
    if len(cities) == 1 and view.total:
        place = ", ".join(part for part in (cities[0].name, cities[0].admin, cities[0].country_name) if part)
        page.add(Text(clean(place), style="bold"))
        page.gap()
    pairs = map(json.loads, view.docs)
    summary = draw_pairs(pairs, page, shows_city=len(cities) != 1, groups_cities=view.is_by_city)
    if summary.total:
        page.gap()
        page.add(Text(_totals(summary, view.total or summary.total)))


def _totals(summary: Summary, total: int) -> str:
    return " · ".join([f"{shown_of(summary.total, total)}: {tally(summary)}", *legend(summary)])
