"""The table of pairs that lists and cards share: which columns there is room for, and its cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from twincli.i18n import N_, _, ngettext
from twincli.query.records import PairRecord
from twincli.render.page import Page
from twincli.text import clean
from twincli.vocabulary import Confidence, Field, Kind, Status
from twincli.wording import city_name, country_name, label, number, status_and_year

# One meaning each, from the terminal's own sixteen colours; the word always stands there too.
STATUS_STYLES = {
    Status.ACTIVE: "green",
    Status.SUSPENDED: "yellow",
    Status.ENDED: "red",
}
WEAK, DISPUTED = "?", "!"
_GAP = 2


@dataclass(frozen=True)
class Part:
    """A column of the table for people."""

    name: str
    heading: str
    cell: Callable[[Any], str]
    """From the record of a pair, or of what is made of one."""
    droppable: int = 0
    """In which turn it gives way in a narrow terminal, from 1; 0 never."""
    most: int = 100
    """How wide it may be before its text is folded."""
    is_number: bool = False


def _first_city(pair: PairRecord) -> str:
    return city_name(pair["cities"][0])


def _first_city_and_country(pair: PairRecord) -> str:
    return f"{city_name(pair['cities'][0])}, {country_name(pair['cities'][0])}"


def status_and_marks(pair: PairRecord) -> str:
    """Return the status with its year, a mark where the pair is weakly attested, one where sources disagree."""
    marks = (WEAK if pair["confidence"] == Confidence.LOW else "") + (DISPUTED if pair["disputed"] else "")
    return " ".join(part for part in (status_and_year(pair["status"], pair["as_of"]), marks) if part)


def _status_of_any_kind(pair: PairRecord) -> str:
    """Return the status where no column tells the kind: a letter of intent must not pass for a sister city."""
    status = status_and_marks(pair)
    return _("intent, {status}").format(status=status) if pair["kind"] == Kind.INTENT else status


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
    pairs: Sequence[PairRecord],
    page: Page,
    *,
    shows_city: bool,
    groups_cities: bool,
    leading: Sequence[Part] = (),
    omitted: Sequence[str] = (),
) -> None:
    """Draw a table of pairs in the width that there is.

    ``shows_city`` is false under a heading that already names the city asked for; ``groups_cities`` says that equal
    cities stand together, so that only the first of them names it. ``leading`` are columns before those of all tables,
    ``omitted`` the names of those that they make needless.
    """
    parts = [part for part in _PARTS if part.name not in omitted]
    if shows_city:
        is_one_country = len({pair["cities"][0]["country"] for pair in pairs}) == 1
        parts.insert(0, _CITY if is_one_country else _CITY_AND_COUNTRY)
    parts = [*leading, *parts]
    rows = [[clean(part.cell(pair)) for part in parts] for pair in pairs]
    kept = _fitting(parts, rows, page.width)
    if not any(part.name == "kind" for part in kept):
        place = parts.index(_STATUS)
        parts[place] = _STATUS_OF_ANY_KIND
        kept[kept.index(_STATUS)] = _STATUS_OF_ANY_KIND
        for row, pair in zip(rows, pairs, strict=True):
            row[place] = clean(_status_of_any_kind(pair))
    table = Table(box=None, pad_edge=False, padding=(0, _GAP, 0, 0), header_style="bold")
    places = [parts.index(part) for part in kept]
    widths = _widths(kept, [[row[place] for row in rows] for place in places], page.width)
    for part, width in zip(kept, widths, strict=True):
        table.add_column(
            _(part.heading),
            justify="right" if part.is_number else "left",
            overflow="fold",
            no_wrap=part.is_number,
            width=width,
        )
    above = ""
    for row, pair in zip(rows, pairs, strict=True):
        cells = [Text(row[place], style=_style(parts[place], pair), overflow="fold") for place in places]
        if shows_city and groups_cities:
            if row[len(leading)] == above:
                cells[len(leading)] = Text("")
            above = row[len(leading)]
        table.add_row(*cells)
    page.add(table)
    hidden = len(parts) - len(kept)
    if hidden and page.terminal.is_tty:
        message = ngettext(
            "{count} column hidden: widen the terminal, or --format json",
            "{count} columns hidden: widen the terminal, or --format json",
            hidden,
        )
        page.remark(message.format(count=hidden))


def _style(part: Part, pair: PairRecord) -> str:
    if part.name == "status":
        return STATUS_STYLES.get(Status(pair["status"]), "")
    return ""


def _fitting(parts: Sequence[Part], rows: Sequence[Sequence[str]], width: int | None) -> list[Part]:
    """Return the columns that there is room for: the least important give way first, those with names never."""
    kept = list(parts)
    if width is None:
        return kept
    widths = {
        part.name: max(
            cell_len(_(part.heading)), min(part.most, max((cell_len(row[place]) for row in rows), default=0))
        )
        for place, part in enumerate(parts)
    }
    for part in sorted((part for part in parts if part.droppable), key=lambda part: part.droppable):
        if sum(widths[other.name] + _GAP for other in kept) - _GAP <= width:
            break
        kept.remove(part)
    return kept


# Whose words are broken last, where a terminal is too narrow for every word.
_NAMES = frozenset({"city", "partner"})
_BROKEN = 5


def _widths(parts: Sequence[Part], columns: Sequence[Sequence[str]], width: int | None) -> list[int | None]:
    """Return the width of each column, None where it has its natural one.

    The widest columns give way first, between words. Where that is not enough, words are broken: those of countries
    before those of other columns, those of cities last.
    """
    cells = [(_(part.heading), *column) for part, column in zip(parts, columns, strict=True)]
    widths = [max(map(cell_len, column)) for column in cells]
    room = None if width is None else width - _GAP * (len(parts) - 1)
    if room is None or sum(widths) <= room:
        return [None] * len(parts)
    words = [
        whole if part.is_number else max(cell_len(word) for cell in column for word in cell.split() or [""])
        for part, whole, column in zip(parts, widths, cells, strict=True)
    ]
    breaking: list[set[str]] = [set(), {"country"}, {part.name for part in parts} - _NAMES]
    for breakable in breaking:
        floors = [
            min(word, _BROKEN) if part.name in breakable and not part.is_number else word
            for part, word in zip(parts, words, strict=True)
        ]
        while sum(widths) > room and any(own > floor for own, floor in zip(widths, floors, strict=True)):
            widest = max(range(len(parts)), key=lambda place: widths[place] if widths[place] > floors[place] else 0)
            widths[widest] -= 1
    # What is wider even so is left to Rich, which breaks all words alike.
    return [*widths] if sum(widths) <= room else [None] * len(parts)


def legend(pairs: Sequence[PairRecord]) -> list[str]:
    """Return what the marks in a table of these pairs mean, those that occur."""
    lines = []
    if any(pair["confidence"] == Confidence.LOW for pair in pairs):
        lines.append(_("{mark} weakly attested").format(mark=WEAK))
    if any(pair["disputed"] for pair in pairs):
        lines.append(_("{mark} sources disagree").format(mark=DISPUTED))
    return lines


def tally(pairs: Sequence[PairRecord]) -> str:
    """Return how many pairs there are of each status, in words."""
    counts = {status: sum(pair["status"] == status for pair in pairs) for status in Status}
    return ", ".join(f"{number(count)} {label(Status, status)}" for status, count in counts.items() if count)
