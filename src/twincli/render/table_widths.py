"""Which columns of a table there is room for, and how wide each is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from rich.cells import cell_len

from twincli.i18n import _

GAP = 2


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
    """How much of its width counts when it is decided which columns there is room for; beyond that a text folds."""
    is_number: bool = False


def fitting(parts: Sequence[Part], columns: Sequence[Sequence[str]], width: int | None) -> list[Part]:
    """Return the columns that there is room for: the least important give way first, those with names never."""
    kept = list(parts)
    if width is None:
        return kept
    widths = {
        part.name: max(cell_len(_(part.heading)), min(part.most, max(map(cell_len, column), default=0)))
        for part, column in zip(parts, columns, strict=True)
    }
    for part in sorted((part for part in parts if part.droppable), key=lambda part: part.droppable):
        if sum(widths[other.name] + GAP for other in kept) - GAP <= width:
            break
        kept.remove(part)
    return kept


def breaks_words(parts: Sequence[Part], columns: Sequence[Sequence[str]], widths: Sequence[int] | None) -> bool:
    """Tell whether columns of these widths have to break words; without widths, there was no room even for that."""
    return widths is None or any(
        cell_len(word) > width
        for part, column, width in zip(parts, columns, widths, strict=True)
        for cell in (_(part.heading), *column)
        for word in cell.split()
    )


# Whose words are broken last, where a terminal is too narrow for every word.
_NAMES = frozenset({"city", "partner"})
_BROKEN = 5


def widths_of(parts: Sequence[Part], columns: Sequence[Sequence[str]], width: int | None) -> list[int] | None:
    """Return the width of each column, or None where there is no room even for broken words.

    The widest columns give way first, between words. Where that is not enough, words are broken: those of countries
    before those of other columns, those of cities last.
    """
    cells = [(_(part.heading), *column) for part, column in zip(parts, columns, strict=True)]
    widths = [max(map(cell_len, column)) for column in cells]
    room = None if width is None else width - GAP * (len(parts) - 1)
    if room is None or sum(widths) <= room:
        return widths
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
    return widths if sum(widths) <= room else None
