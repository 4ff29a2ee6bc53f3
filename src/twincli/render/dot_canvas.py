"""A grid of characters, each of two by four braille dots, on which land and lines are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import ceil

from twincli.geo import Point

# The bit of each dot of a braille character by its row and column (Unicode, chapter 21.1).
_BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
_BRAILLE = 0x2800
# Land is a quiet texture of two dots a character, so that lines stand out on it without any colour.
_TEXTURE = {1: 0, 3: 1}


class DotCanvas:
    """Land, and lines in inks numbered from 1; where lines meet, the later one gives the character its ink."""

    def __init__(self, width: int, height: int) -> None:
        self.columns, self.rows = width // 2, height // 4
        self._width, self._height = self.columns * 2, self.rows * 4
        self._land = bytearray(self.columns * self.rows)
        self._lines = bytearray(self.columns * self.rows)
        self._inks = bytearray(self.columns * self.rows)
        self._edges: list[list[float]] = [[] for __ in range(self._height)]

    def add_ring(self, points: Sequence[Point]) -> None:
        """Add an outline in dots; what lies within an odd number of outlines is land."""
        before_x, before_y = points[-1]
        for x, y in points:
            (x1, y1), (x2, y2) = ((before_x, before_y), (x, y)) if before_y < y else ((x, y), (before_x, before_y))
            # The rows whose middle the edge crosses.
            for row in range(max(0, ceil(y1 - 0.5)), min(self._height, ceil(y2 - 0.5))):
                self._edges[row].append(x1 + (x2 - x1) * (row + 0.5 - y1) / (y2 - y1))
            before_x, before_y = x, y

    def fill_land(self) -> None:
        """Lay the texture of land within the outlines added."""
        for row, edges in enumerate(self._edges):
            column = _TEXTURE.get(row % 4)
            if column is None or not edges:
                continue
            edges.sort()
            bit, first = _BITS[row % 4][column], row // 4 * self.columns
            for left, right in zip(edges[::2], edges[1::2], strict=True):
                start, end = max(0, ceil(left - 0.5)), min(self._width, ceil(right - 0.5))
                for dot in range(start + (start + column) % 2, end, 2):
                    self._land[first + dot // 2] |= bit

    def add_line(self, points: Sequence[Point], ink: int, pattern: Sequence[bool], drawn: int = 0) -> int:
        """Draw a line through points in dots, and return how many dots it has had so far, those in gaps counted.

        ``pattern`` says which dots are drawn and which are gaps, over and over; ``drawn`` goes on with it after a part
        of the same line.
        """
        period = len(pattern)
        for (x1, y1), (x2, y2) in pairwise(points):
            if max(x1, x2) < 0 or min(x1, x2) > self._width or max(y1, y2) < 0 or min(y1, y2) > self._height:
                continue
            steps = max(1, ceil(max(abs(x2 - x1), abs(y2 - y1))))
            across, down = (x2 - x1) / steps, (y2 - y1) / steps
            for step in range(steps):
                x, y = x1 + across * step, y1 + down * step
                if pattern[drawn % period] and 0 <= x < self._width and 0 <= y < self._height:
                    column, row = int(x), int(y)
                    cell = row // 4 * self.columns + column // 2
                    self._lines[cell] |= _BITS[row % 4][column % 2]
                    self._inks[cell] = ink
                drawn += 1
        return drawn

    def cell(self, x: float, y: float) -> tuple[int, int] | None:
        """Return the column and the row of the character that a point in dots lies in; None outside."""
        column, row = int(x // 2), int(y // 4)
        return (column, row) if 0 <= column < self.columns and 0 <= row < self.rows else None

    def character(self, column: int, row: int) -> tuple[str, int]:
        """Return a character and its ink: 0 for land and for nothing. A line blanks the land below it."""
        cell = row * self.columns + column
        dots = self._lines[cell] or self._land[cell]
        return (chr(_BRAILLE + dots) if dots else " "), self._inks[cell]


def stroke(pattern: Sequence[bool], columns: int) -> str:
    """Return a sample of a line in braille."""
    bits = [_BITS[1][dot % 2] if pattern[dot % len(pattern)] else 0 for dot in range(columns * 2)]
    return "".join(chr(_BRAILLE + left + right) for left, right in zip(bits[::2], bits[1::2], strict=True))
