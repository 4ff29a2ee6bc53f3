"""The cities on a map of characters: which sign stands where, and the legend that says what it means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import product
from string import ascii_lowercase, ascii_uppercase

from rich.cells import cell_len, set_cell_size

from twincli.i18n import _, ngettext
from twincli.records import CityRecord
from twincli.text import clean
from twincli.wording import city_and_country, city_name, country_name, number

OTHER = "o"
# Without those that are signs: of cities without a letter, and x, which draws lines where there is no braille.
_CAPITALS = ascii_uppercase.replace("O", "")
LETTERS = _CAPITALS + "".join(letter for letter in ascii_lowercase if letter not in "ox")
# The signs for places by how many pairs they have at least, where there are no lines to show it.
GRADES = ((25, "@"), (5, "O"), (1, OTHER))
_GAP = 2
# How wide an entry of the legend may become before it is cut.
_WIDEST = 40

Cell = tuple[int, int]
"""The column and the row of a character."""


@dataclass(eq=False)
class Mark:
    """One character of the map with the cities that lie in it."""

    cell: Cell
    cities: dict[str, CityRecord] = field(default_factory=dict)
    ends: Counter[str] = field(default_factory=Counter)
    """How many pairs each of the cities has."""
    is_asked: bool = False
    """Whether one of its cities was asked for by name."""
    sign: str = OTHER

    @property
    def pairs(self) -> int:
        """How many ends of pairs lie here."""
        return self.ends.total()

    def names(self, *, with_country: bool) -> str:
        """Return all its cities; a country is named once where it is the same for all."""
        cities = list(self.cities.values())
        if not with_country:
            return clean(" / ".join(city_name(city) for city in cities))
        if len({city["country"] for city in cities}) == 1:
            return clean(f"{' / '.join(city_name(city) for city in cities)}, {country_name(cities[0])}")
        return clean(" / ".join(city_and_country(city) for city in cities))

    def head(self) -> str:
        """Return its city with most pairs, and how many others there are."""
        (first, __), *others = self.ends.most_common()
        return clean(city_and_country(self.cities[first])) + (f" +{number(len(others))}" if others else "")


def gather(places: Iterable[tuple[CityRecord, Cell]], asked: frozenset[str]) -> list[Mark]:
    """Return a mark for each character in which ends of pairs lie."""
    marks: dict[Cell, Mark] = {}
    for city, cell in places:
        mark = marks.setdefault(cell, Mark(cell))
        mark.cities[city["id"]] = city
        mark.ends[city["id"]] += 1
        mark.is_asked = mark.is_asked or city["id"] in asked
    return list(marks.values())


def grade(marks: Iterable[Mark]) -> str:
    """Give each mark a sign by how many pairs it has, and return the line that explains the signs."""
    for mark in marks:
        mark.sign = next(sign for least, sign in GRADES if mark.pairs >= least)
    (many, many_sign), (some, some_sign), (few, few_sign) = GRADES
    return _("Pairs in a place: {few} {few_range}, {some} {some_range}, {many} {many_least} or more").format(
        few=few_sign,
        few_range=f"{few}–{some - 1}",
        some=some_sign,
        some_range=f"{some}–{many - 1}",
        many=many_sign,
        many_least=many,
    )


def legend(marks: Sequence[Mark], width: int, rows: int) -> list[str]:
    """Give the marks their letters, as many as the legend has room for, and return the legend's lines.

    Where all fit, the letters run from west to east, so that one can be found on the map; else the places with most
    pairs have them, with how many, and the rest keeps its signs. Cities asked for by name come first in either case.
    """
    if len(marks) <= len(LETTERS):
        in_order = sorted(marks, key=lambda mark: (not mark.is_asked, mark.cell))
        # Names in full where there is room for them; rather than its country, a name loses its end.
        for with_country, widest in product((True, False), (width, min(width, _WIDEST))):
            names = [mark.names(with_country=with_country) for mark in in_order]
            entries = [_entry(letter, name, widest) for letter, name in zip(LETTERS, names, strict=False)]
            if lines := _in_columns(entries, width, rows):
                _give_letters(in_order)
                return lines
    busiest = sorted(marks, key=lambda mark: (not mark.is_asked, -mark.pairs, mark.head()))
    for count in range(min(len(marks), len(_CAPITALS)), 0, -1):
        entries = [
            _entry(letter, mark.head(), min(width, _WIDEST), f" ({number(mark.pairs)})" if mark.pairs > 1 else "")
            for letter, mark in zip(_CAPITALS, busiest[:count], strict=False)
        ]
        lines = _in_columns(entries, width, rows - 1)
        if lines:
            _give_letters(busiest[:count])
            return [*lines, _explained(busiest[:count], busiest[count:], width)]
    return []


def _explained(lettered: Sequence[Mark], others: Sequence[Mark], width: int) -> str:
    """Return the line that says what the signs of a legend of the busiest places mean, those that occur."""
    parts = []
    if others:
        rest = sum(len(mark.cities) for mark in others)
        sign = f"{OTHER} " if all(mark.sign == OTHER for mark in others) else ""
        parts.append(sign + ngettext("{count} more city", "{count} more cities", rest).format(count=number(rest)))
    if any(len(mark.cities) > 1 for mark in lettered):
        parts.append(_("+ others in the same place"))
    if any(mark.pairs > 1 for mark in lettered):
        parts.append(_("(pairs)"))
    line = " · ".join(parts)
    return line if cell_len(line) <= width else parts[0]


def _give_letters(marks: Sequence[Mark]) -> None:
    for letter, mark in zip(LETTERS, marks, strict=False):
        mark.sign = letter


def _entry(letter: str, name: str, most: int, count: str = "") -> str:
    room = max(2, most - 2 - len(count))
    if cell_len(name) > room:
        name = set_cell_size(name, room - 1).rstrip(" ,/") + "…"
    return f"{letter} {name}{count}"


def _in_columns(entries: Sequence[str], width: int, most: int) -> list[str]:
    """Return entries in columns, read from top to bottom, in as few lines as they need; none where they do not fit."""
    for rows in range(1, most + 1):
        columns = [entries[place : place + rows] for place in range(0, len(entries), rows)]
        widths = [max(cell_len(entry) for entry in column) for column in columns]
        if sum(widths) + _GAP * (len(widths) - 1) <= width:
            lines = []
            for row in range(rows):
                cells = [
                    set_cell_size(column[row], wide)
                    for column, wide in zip(columns, widths, strict=True)
                    if row < len(column)
                ]
                lines.append((" " * _GAP).join(cells).rstrip())
            return lines
    return []
