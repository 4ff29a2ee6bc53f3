"""The rows of a table of pairs: what stands in its cells, which cities it must tell apart, what is said below it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from sys import intern
from typing import Any, NamedTuple

from twincli.i18n import _, pick
from twincli.locations import BUNDLED
from twincli.records import CityRecord
from twincli.render.table_widths import Part
from twincli.session import Session
from twincli.text import clean
from twincli.vocabulary import Confidence, Status
from twincli.wording import label, number

WEAK, DISPUTED = "?", "!"


class Row(NamedTuple):
    """A pair as a table shows it; no more of it is kept, since there may be thousands."""

    status: str
    ids: tuple[str, str]
    """Those of its cities."""
    cells: list[str]


class PairRows:
    """The pairs of a table, in rows of the parts that it may show."""

    def __init__(self, pairs: Iterable[Any], parts: Sequence[Part]) -> None:
        self.rows: list[Row] = []
        self.summary = Summary()
        self.example: Any = None
        """The first pair."""
        namesakes = Namesakes()
        for pair in pairs:
            self.example = self.example or pair
            self.summary.count(pair)
            one, other = pair["cities"]
            for city in (one, other):
                namesakes.add(city)
            # Interned, since most cells repeat.
            cells = [intern(clean(part.cell(pair))) for part in parts]
            self.rows.append(Row(intern(pair["status"]), (intern(one["id"]), intern(other["id"])), cells))
        places = [(end, place) for place, part in enumerate(parts) if (end := _END.get(part.name)) is not None]
        namesakes.tell_apart(self.rows, places)


# Which of the two cities a column names.
_END = {"city": 0, "partner": 1}


class Namesakes:
    """Cities that share name and country, as Columbus in Ohio and in Georgia; their provinces tell them apart."""

    def __init__(self) -> None:
        self._provinces: dict[str, str] = {}
        self._bearers: defaultdict[tuple[str, str], list[str]] = defaultdict(list)

    def add(self, city: CityRecord) -> None:
        """Take a city into account."""
        if city["id"] not in self._provinces:
            self._provinces[intern(city["id"])] = intern(clean(pick(city["admin_name"])[0]))
            self._bearers[city["name"], city["country"]].append(city["id"])

    def tell_apart(self, rows: Iterable[Row], places: Sequence[tuple[int, int]]) -> None:
        """Add the province to each name that several cities bear; ``places`` are ends with the cells that name them."""
        alike = {id_ for bearers in self._bearers.values() if len(bearers) > 1 for id_ in bearers}
        if not alike:
            return
        for row in rows:
            for end, place in places:
                province = self._provinces[row.ids[end]] if row.ids[end] in alike else ""
                if province:
                    row.cells[place] = intern(f"{row.cells[place]} ({province})")


class Summary:
    """What is said below a table: how many pairs of each status there are, and which marks occur."""

    def __init__(self, pairs: Iterable[Any] = ()) -> None:
        self.statuses: Counter[str] = Counter()
        self.origins: Counter[str] = Counter()
        self.countries: set[str] = set()
        """Those of the cities that come first."""
        self.within = 0
        """How many pairs have both cities in one country."""
        self.is_any_weak = self.is_any_disputed = self.is_any_dated = False
        for pair in pairs:
            self.count(pair)

    def count(self, pair: Any) -> None:
        """Take a pair into account."""
        self.statuses[pair["status"]] += 1
        self.origins[pair["origin"]] += 1
        here, there = (city["country"] for city in pair["cities"])
        self.countries.add(here)
        self.within += here == there
        self.is_any_weak |= pair["confidence"] == Confidence.LOW
        self.is_any_disputed |= pair["disputed"]
        self.is_any_dated |= pair["as_of"] is not None

    @property
    def total(self) -> int:
        """How many pairs there are."""
        return self.statuses.total()


def legend(summary: Summary, session: Session) -> list[str]:
    """Return what the marks in a table mean, those that occur, and which pairs are not of the bundled data."""
    lines = []
    if summary.is_any_dated:
        lines.append(_("(year) of the newest source"))
    if summary.is_any_weak:
        lines.append(_("{mark} weakly attested").format(mark=WEAK))
    if summary.is_any_disputed:
        lines.append(_("{mark} sources disagree").format(mark=DISPUTED))
    # What was installed beside the bundled data is not checked like it.
    for origin, count in sorted(summary.origins.items()):
        if session.has_layers and origin != BUNDLED:
            lines.append(_("{count} from {origin}").format(count=number(count), origin=clean(origin)))
    return lines


def tally(summary: Summary) -> str:
    """Return how many pairs there are of each status, in words."""
    counts = ((status, summary.statuses[status]) for status in Status)
    return ", ".join(f"{number(count)} {label(Status, status)}" for status, count in counts if count)
