"""The table of pairs that lists and cards share: which columns there is room for, and its cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from twincli.command_lines import command_line
from twincli.i18n import N_, _, ngettext
from twincli.records import PairRecord
from twincli.render.page import ROWS_AT_ONCE, Page
from twincli.render.pair_lines import draw_pair_lines
from twincli.render.pair_rows import DISPUTED, WEAK, PairRows, Row, Summary
from twincli.render.table_widths import GAP, Part, breaks_words, fitting, widths_of
from twincli.vocabulary import Confidence, Field, Kind, Status
from twincli.wording import city_and_country, city_name, country_name, label, number, status_and_year

# One meaning each, from the terminal's own sixteen colours; the word always stands there too. Not yellow and not blue,
# which many palettes make as light as white paper and as dark as a black screen: xterm's stand at 1.7 : 1 and 2.2 : 1.
STATUS_STYLES = {
    Status.ACTIVE: "green",
    Status.SUSPENDED: "magenta",
    Status.ENDED: "red",
}
# In columns: below that a table gives way to lines where it would have to break words.
_NARROW = 70


def _first_city(pair: PairRecord) -> str:
    return city_name(pair["cities"][0])


def _first_city_and_country(pair: PairRecord) -> str:
    return city_and_country(pair["cities"][0])


def status_and_marks(pair: PairRecord) -> str:
    """Return the status with its year, a mark where the pair is weakly attested, one where sources disagree."""
    marks = (WEAK if pair["confidence"] == Confidence.LOW else "") + (DISPUTED if pair["disputed"] else "")
    return " ".join(part for part in (status_and_year(pair["status"], pair["as_of"]), marks) if part)


def _status_of_any_kind(pair: PairRecord) -> str:
    """Return the status where no column tells the kind: a project or an intent must not pass for a sister city."""
    status = status_and_marks(pair)
    if pair["kind"] in {Kind.SISTER, Kind.FRIENDSHIP}:
        return status
    kind = _("intent") if pair["kind"] == Kind.INTENT else label(Kind, pair["kind"])
    return f"{kind}, {status}"


_CITY = Part("city", N_("City"), _first_city, most=22)
_CITY_AND_COUNTRY = Part("city", N_("City"), _first_city_and_country, most=30)
_STATUS = Part("status", N_("Status"), status_and_marks, most=24)
_STATUS_OF_ANY_KIND = Part("status", N_("Status"), _status_of_any_kind, most=24)
_PARTS = (
    Part("partner", N_("Partner"), lambda pair: city_name(pair["cities"][1]), most=24),
    Part("country", N_("Country"), lambda pair: country_name(pair["cities"][1]), most=18),
    Part("since", N_("Since"), lambda pair: (pair["since"] or "")[:4]),
    _STATUS,
    Part("kind", N_("Kind"), lambda pair: label(Kind, pair["kind"]), droppable=5),
    Part("confidence", N_("Confidence"), lambda pair: label(Confidence, pair["confidence"]), droppable=4),
    Part("distance", N_("km"), lambda pair: number(pair["distance_km"]), droppable=3, is_number=True),
    Part(
        "fields",
        N_("Fields"),
        lambda pair: ", ".join(label(Field, name) for name in pair["fields"]),
        droppable=2,
        most=30,
    ),
    Part("sources", N_("Sources"), lambda pair: str(len(pair["sources"])), droppable=1, is_number=True),
)


def draw_pairs(
    pairs: Iterable[Any],
    page: Page,
    *,
    shows_city: bool,
    groups_cities: bool,
    leading: Sequence[Part] = (),
    omitted: Sequence[str] = (),
) -> Summary:
    """Draw a table of pairs in the width that there is, and return what it holds.

    ``shows_city`` is false under a heading that already names the city asked for; ``groups_cities`` says that equal
    cities stand together, so that only the first of them names it. ``leading`` are columns before those of all tables,
    ``omitted`` the names of those that they make needless.
    """
    body = [part for part in _PARTS if part.name not in omitted]
    # All that may be shown; which of the two forms of a city or a status is, only the whole table tells.
    offered = [*leading, *((_CITY, _CITY_AND_COUNTRY) if shows_city else ()), *body, _STATUS_OF_ANY_KIND]
    found = PairRows(pairs, offered)
    rows = found.rows
    if not rows:
        return found.summary
    first = [] if not shows_city else [_CITY if len(found.summary.countries) == 1 else _CITY_AND_COUNTRY]
    parts = [*leading, *first, *body]
    places = {part: place for place, part in enumerate(offered)}
    kept = fitting(parts, [[row.cells[places[part]] for row in rows] for part in parts], page.width)
    if not any(part.name == "kind" for part in kept):
        kept[kept.index(_STATUS)] = _STATUS_OF_ANY_KIND
    grouped = kept.index(first[0]) if shows_city and groups_cities else None
    _draw_rows(kept, [places[part] for part in kept], rows, page, grouped)
    _tell_what_is_hidden(len(parts) - len(kept), page)
    if grouped is not None:
        _tell_of_pairs_within(found.summary, page)
    suggest_show(found.example, page, _("A pair with its sources: {command}"))
    return found.summary


def _draw_rows(
    parts: Sequence[Part], places: Sequence[int], rows: Sequence[Row], page: Page, grouped: int | None
) -> None:
    """Draw rows, some at a time; ``grouped`` is the column that names a city only above the first of its pairs."""
    columns = [[row.cells[place] for row in rows] for place in places]
    widths = widths_of(parts, columns, page.width)
    if page.width is not None and page.width < _NARROW and breaks_words(parts, columns, widths):
        cells_of_all = (_cells(parts, places, row) for row in rows)
        cities = [row.ids[0] for row in rows] if grouped is not None else None
        draw_pair_lines(parts, cells_of_all, page, width=page.width, cities=cities)
        return
    del columns  # as large as the rows
    # Without widths of its own Rich finds them for all rows together.
    step = ROWS_AT_ONCE if widths else len(rows)
    above = ""
    for start in range(0, len(rows), step):
        table = Table(box=None, pad_edge=False, padding=(0, GAP, 0, 0), header_style="bold", show_header=start == 0)
        for place, part in enumerate(parts):
            table.add_column(
                _(part.heading),
                justify="right" if part.is_number else "left",
                overflow="fold",
                no_wrap=part.is_number,
                width=widths[place] if widths else None,
            )
        for row in rows[start : start + step]:
            cells = _cells(parts, places, row)
            if grouped is not None:
                if row.ids[0] == above:
                    cells[grouped] = Text("")
                above = row.ids[0]
            table.add_row(*cells)
        page.add(table)


def _cells(parts: Sequence[Part], places: Sequence[int], row: Row) -> list[Text]:
    return [Text(row.cells[place], style=_style(part, row.status)) for part, place in zip(parts, places, strict=True)]


def _tell_what_is_hidden(count: int, page: Page) -> None:
    if count and page.terminal.is_tty:
        message = ngettext(
            "{count} column hidden: widen the terminal, or --format csv",
            "{count} columns hidden: widen the terminal, or --format csv",
            count,
        )
        page.remark(message.format(count=count))


def _tell_of_pairs_within(summary: Summary, page: Page) -> None:
    """Tell a reader that partners of a city may stand under another one, where the cities of one country are listed."""
    if summary.within and len(summary.countries) == 1 and page.terminal.is_tty:
        message = ngettext(
            "{count} pair within the country stands under one of its cities only; twincli show has all of a city",
            "{count} pairs within the country stand under one of their cities only; twincli show has all of a city",
            summary.within,
        )
        page.remark(message.format(count=number(summary.within)))


def suggest_show(pair: PairRecord, page: Page, message: str) -> None:
    """Name the command that shows a pair with its sources, to a reader at a terminal."""
    if not page.terminal.is_tty:
        return
    command = command_line("show", *(city["id"] for city in pair["cities"]), data=page.output.session.data)
    page.remark(message.format(command=command))


def _style(part: Part, status: str) -> str:
    if part.name == "status":
        return STATUS_STYLES.get(Status(status), "")
    return ""
