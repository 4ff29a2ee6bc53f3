"""Bars of text: as long as a number is large, to an eighth of a column."""

from __future__ import annotations

# Unicode's blocks from one eighth of a column to a whole one.
_EIGHTHS = "▏▎▍▌▋▊▉█"
_PLAIN = "#"


def bar(value: int, most: int, width: int, *, has_blocks: bool) -> str:
    """Return a bar, ``width`` columns long where the value is ``most``; nothing but zero has none at all.

    Where the terminal has no block characters, whole columns are drawn with a plain sign.
    """
    if value <= 0 or most <= 0 or width <= 0:
        return ""
    if not has_blocks:
        return _PLAIN * max(1, round(value / most * width))
    eighths = max(1, round(value / most * width * 8))
    whole, rest = divmod(eighths, 8)
    return _EIGHTHS[-1] * whole + (_EIGHTHS[rest - 1] if rest else "")
