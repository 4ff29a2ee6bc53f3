"""Pairs below one another, for a terminal so narrow that a table would have to break its words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.text import Text

from twincli.i18n import _
from twincli.render.page import ROWS_AT_ONCE, Page
from twincli.render.table_widths import Part

_INDENT = 2
# What the first line says; the rest follows, with its heading where it is a mere number.
_NAMES = ("city", "partner", "country")


def draw_pair_lines(
    parts: Sequence[Part], rows: Iterable[Sequence[Text]], page: Page, *, width: int, cities: Sequence[str] | None
) -> None:
    """Draw pairs of which each column's cell is given: who is twinned, and below it what is known of that.

    ``cities`` are the ids of the first cities, for one that several pairs in a row share to stand once above them.
    """
    named = {part.name: place for place, part in enumerate(parts) if part.name in _NAMES}
    facts = [place for place, part in enumerate(parts) if part.name not in _NAMES]
    city, above = named.get("city"), ""
    block = Text()
    for number, row in enumerate(rows, 1):
        level = 0
        ends = [row[named["partner"]].plain]
        if city is not None and cities is not None:
            if cities[number - 1] != above:
                above = cities[number - 1]
                _append(block, Text(row[city].plain), 0, page, width)
            level = 1
        elif city is not None:
            ends.insert(0, row[city].plain)
        who = " – ".join(ends)
        country = row[named["country"]].plain if "country" in named else ""
        _append(block, Text(f"{who}, {country}" if country else who), level, page, width)
        _append(block, Text(" · ").join(_facts(parts, row, facts)), level + 1, page, width)
        if number % ROWS_AT_ONCE == 0:
            page.console.print(block, soft_wrap=True, end="")
            block = Text()
    page.console.print(block, soft_wrap=True, end="")


def _facts(parts: Sequence[Part], row: Sequence[Text], places: Sequence[int]) -> list[Text]:
    shown = []
    for place in places:
        if row[place].plain:
            is_bare = parts[place].is_number or parts[place].name == "since"
            shown.append(Text(f"{_(parts[place].heading)} ").append_text(row[place]) if is_bare else row[place])
    return shown


def _append(block: Text, text: Text, level: int, page: Page, width: int) -> None:
    """Append a text to a block, folded between words, with all its lines indented, those after the first once more."""
    indent = level * _INDENT
    for place, line in enumerate(text.wrap(page.console, max(width - indent - _INDENT, _INDENT))):
        line.rstrip()
        block.append(" " * (indent + (_INDENT if place else 0))).append_text(line).append("\n")
