"""A table in which numbers stand beside bars, all of them on one scale, as wide as the page lets it be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from twincli.render.bars import bar
from twincli.render.page import Page

_GAP = 2
# What a bar may take where no width is given, and is left in any case.
_NATURAL_BAR, _SHORTEST_BAR = 40, 8


class Texts(NamedTuple):
    """A column of cells, already clean."""

    heading: str
    cells: Sequence[str]


class Bars(NamedTuple):
    """A column of bars."""

    values: Sequence[int]


def draw_bar_table(columns: Sequence[Texts | Bars], page: Page) -> None:
    """Draw columns of equal length, of which the first is of names; bars are left out where there is no room."""
    names, bars = _widths(columns, page.width)
    table = Table(box=None, pad_edge=False, padding=(0, _GAP, 0, 0), header_style="bold")
    drawn = [column for column in columns if bars or isinstance(column, Texts)]
    for place, column in enumerate(drawn):
        if isinstance(column, Bars):
            table.add_column("", width=bars, no_wrap=True)
        elif place:
            table.add_column(column.heading, justify="right", overflow="fold")
        else:
            table.add_column(column.heading, width=names, overflow="fold")
    most = max((value for column in columns if isinstance(column, Bars) for value in column.values), default=0)
    for cells in zip(*(_cells(column, most, bars, page) for column in drawn), strict=True):
        table.add_row(*cells)
    page.add(table)


def _widths(columns: Sequence[Texts | Bars], available: int | None) -> tuple[int, int]:
    """Return how wide the names are, and each column of bars; 0 where there is no room for any."""
    texts = [column for column in columns if isinstance(column, Texts)]
    longest, *others = (max(map(cell_len, [column.heading, *column.cells])) for column in texts)
    bars = len(columns) - len(texts)
    taken = sum(others) + _GAP * (len(columns) - 1)
    width = available or longest + taken + _NATURAL_BAR * bars
    # Names give way to bars, but never below a third of the width.
    names = min(longest, max(width - taken - _SHORTEST_BAR * bars, width // 3))
    if room := max(width - names - taken, 0) // bars:
        return names, room
    return min(longest, max(width - sum(others) - _GAP * len(others), _SHORTEST_BAR)), 0


def _cells(column: Texts | Bars, most: int, width: int, page: Page) -> Iterator[Text]:
    if isinstance(column, Texts):
        yield from map(Text, column.cells)
        return
    for value in column.values:
        yield Text(bar(value, most, width, has_blocks=page.shows_all_letters), style="cyan", no_wrap=True)
