"""Drawing the jubilees of a year."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence

from rich.text import Text

from twincli.i18n import N_, _, ngettext
from twincli.records import AnniversaryRecord
from twincli.render.anniversary_views import AnniversaryList
from twincli.render.page import Page
from twincli.render.pair_rows import legend
from twincli.render.pair_table import draw_pairs
from twincli.render.table_widths import Part
from twincli.wording import number, short_date

_DATE = Part("date", N_("Date"), lambda record: short_date(record["date"]))
_YEARS = Part("years", N_("Years"), lambda record: str(record["years"]), is_number=True)


def draw_anniversaries(view: AnniversaryList, page: Page) -> None:
    """Draw the table under its heading, and a line that says how many dates are known."""
    records: list[AnniversaryRecord] = [json.loads(doc) for doc in view.docs]
    if not records:
        return
    page.add(Text(_("Anniversaries in {year}").format(year=view.year), style="bold"))
    page.gap()
    summary = draw_pairs(
        records, page, shows_city=True, groups_cities=False, leading=(_DATE, _YEARS), omitted=("since",)
    )
    page.gap()
    page.add_parts([_totals(records), *legend(summary, page.output.session)])


def _totals(records: Sequence[AnniversaryRecord]) -> str:
    """Return how many there are, and of how many the day, the month or the year alone is known."""
    count = len(records)
    total = ngettext("{count} anniversary", "{count} anniversaries", count).format(count=number(count))
    known = Counter(len(record["date"]) for record in records)
    messages = {10: _("{count} on a known day"), 7: _("{count} in a known month"), 4: _("{count} of a known year only")}
    parts = [text.format(count=number(known[length])) for length, text in messages.items() if known[length]]
    return f"{total}: {', '.join(parts)}"
