"""Drawing a list of pairs."""

from __future__ import annotations

import json

from rich.text import Text

from twincli.render.page import Page
from twincli.render.pair_rows import legend, tally
from twincli.render.pair_table import draw_pairs
from twincli.render.views import PairList
from twincli.text import clean
from twincli.wording import shown_of


def draw_pair_list(view: PairList, page: Page) -> None:
    """Draw the table, under a heading where one city was asked for, and a line of totals."""
    cities = view.cities
    if len(cities) == 1 and view.total:
        parts = dict.fromkeys((cities[0].name, cities[0].admin, cities[0].country_name))
        page.add(Text(clean(", ".join(part for part in parts if part)), style="bold"))
        page.gap()
    pairs = map(json.loads, view.docs)
    summary = draw_pairs(pairs, page, shows_city=len(cities) != 1, groups_cities=view.is_by_city)
    if summary.total:
        page.gap()
        shown = shown_of(summary.total, view.total or summary.total)
        page.add_parts([f"{shown}: {tally(summary)}", *legend(summary, page.output.session)])
