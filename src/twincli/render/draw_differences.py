"""Drawing what a file has that the bundled data lacks, and where the two disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from twincli.i18n import _, ngettext
from twincli.render.layer_views import DifferenceList
from twincli.render.page import Page
from twincli.text import clean
from twincli.vocabulary import Kind, Status
from twincli.wording import label, long_date, number

if TYPE_CHECKING:
    from twincli.layers.assembly import End
    from twincli.layers.diff import Difference


def draw_differences(view: DifferenceList, page: Page) -> None:
    """Draw the disagreements first, then the pairs that are lacking, and how many there are of each."""
    disagreements: list[Difference] = []
    lacking: list[Difference] = []
    for difference in view.comparison.differences:
        (disagreements if difference.record is None else lacking).append(difference)
    if disagreements:
        page.add(Text(_("Where they disagree"), style="bold"), _table_of_disagreements(disagreements))
        page.gap()
    if lacking:
        page.add(Text(_("What the bundled data lacks"), style="bold"), _table_of_pairs(lacking))
        page.gap()
    page.add(Text(_totals(view, len(disagreements), len(lacking))))


def _totals(view: DifferenceList, disagreements: int, lacking: int) -> str:
    if not disagreements and not lacking:
        if view.comparison.rejected:
            return _("The bundled data has all that can be taken from the file.")
        return _("The bundled data has all that the file has.")
    return " · ".join(
        [
            ngettext("{count} disagreement", "{count} disagreements", disagreements).format(
                count=number(disagreements)
            ),
            ngettext("{count} pair lacking", "{count} pairs lacking", lacking).format(count=number(lacking)),
        ]
    )


def _table(*headings: str) -> Table:
    table = Table(box=None, show_header=True, header_style="", pad_edge=False, padding=(0, 2, 0, 0))
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def _table_of_disagreements(differences: list[Difference]) -> Table:
    table = _table(_("Pair"), _("What"), _("Bundled data"), _("File"), _("Line"))
    above = ""
    for difference in differences:
        one, other = difference.ends
        pair = f"{one.name} – {other.name}"
        said = [_said(difference, value) for value in (difference.bundled, difference.file)]
        table.add_row(
            Text(clean("" if pair == above else pair)), _aspect(difference), *map(Text, said), str(difference.line)
        )
        above = pair
    return table


def _table_of_pairs(differences: list[Difference]) -> Table:
    table = _table(_("City"), _("Partner"), _("Since"), _("Line"))
    for difference in differences:
        since = (difference.record or {}).get("since", "")
        table.add_row(*(_place(end) for end in difference.ends), since, str(difference.line))
    return table


def _place(end: End) -> Text:
    return Text(clean(f"{end.name}, {end.country}"))


def _aspect(difference: Difference) -> str:
    words = {"since": _("Since"), "until": _("Until"), "status": _("Status"), "kind": _("Kind")}
    return words[difference.aspect]


def _said(difference: Difference, value: str | None) -> str:
    """Return what one side says, in words."""
    if value is None:
        return "–"
    if difference.aspect in {"since", "until"}:
        return long_date(value)
    return label(Status if difference.aspect == "status" else Kind, value)
