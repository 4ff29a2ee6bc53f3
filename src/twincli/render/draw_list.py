"""Drawing a list of pairs."""

from __future__ import annotations

import json

from rich.text import Text

from twincli.i18n import _, ngettext
from twincli.query.records import PairRecord
from twincli.render.page import Page
from twincli.render.pair_table import draw_pairs, legend, tally
from twincli.render.views import PairList
from twincli.wording import number


def draw_pair_list(view: PairList, page: Page) -> None:
    """Draw the table, under a heading where one city was asked for, and a line of totals."""
    pairs: list[PairRecord] = [json.loads(doc) for doc in view.docs]
    if not pairs:
        return
    cities = view.selection.cities
    if len(cities) == 1:
        place = ", ".join(part for part in (cities[0].name, cities[0].admin, cities[0].country_name) if part)
        page.add(Text(place, style="bold"))
        page.gap()
    draw_pairs(pairs, page, shows_city=len(cities) != 1, groups_cities=view.is_by_city)
    page.gap()
    page.add(Text(_totals(pairs, view.total or len(pairs))))


def _totals(pairs: list[PairRecord], total: int) -> str:
    shown = len(pairs)
    if shown < total:
        message = _("{shown} of {total} pairs (--limit 0 shows all)").format(shown=number(shown), total=number(total))
    else:
        message = ngettext("{count} pair", "{count} pairs", shown).format(count=number(shown))
    return " · ".join([f"{message}: {tally(pairs)}", *legend(pairs)])
