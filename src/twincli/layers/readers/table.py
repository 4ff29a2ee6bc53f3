"""CSV and TSV with a header, whatever separates their cells, read line by line."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator, Sequence
from typing import TextIO

from twincli.dataset.problems import Refusal
from twincli.errors import BadData, BadUsage
from twincli.i18n import N_, _
from twincli.layers.readers.cells import pair_of
from twincli.layers.readers.columns import Layout, recognise
from twincli.layers.readers.input import MAX_LINE, Input
from twincli.layers.rows import RawPair, Rejected
from twincli.layers.values import shortened
from twincli.text import clean, fold

SEPARATORS = ",;\t|"
# How many lines a quoted cell may go on for before its quote is taken for a stray one.
_MAX_LINES_OF_CELL = 20
_SAMPLE = 20
_NOTHING = frozenset({"", "-", "_"})
_EXCEL_SEPARATOR = re.compile(r"sep=(.)\s*", re.IGNORECASE)

Line = tuple[int, str]


def rows(source: Input, columns: str | None) -> Iterator[RawPair | Rejected]:
    """Yield the pairs of a table. Raises BadData or BadUsage where its columns cannot be told."""
    table = _Table(source, columns)
    return table.rows()


class _Table:
    """A table whose separator and columns have been found out."""

    def __init__(self, source: Input, columns: str | None) -> None:
        self._source = source
        sample = list(_lines(source.text(), limit=_SAMPLE))
        if not sample:
            raise BadData(_("{file} is empty.").format(file=source.shown))
        self._first = sample[0][0]
        """The number of the line that a header would stand on."""
        headers, self._separator, layout = _header(sample)
        self._has_header = layout is not None
        if columns is not None:
            layout, self._has_header = _given(columns, headers, has_header=self._has_header)
        if layout is None:
            raise _no_header(source.shown, headers)
        self._layout = layout
        if self._has_header:
            self._remark_on_columns(headers, layout)

    def rows(self) -> Iterator[RawPair | Rejected]:
        """Yield its pairs."""
        lines = _lines(self._source.text())
        for line, cells in _records(lines, self._separator, self._layout.width):
            if line == self._first and self._has_header:
                continue
            if line % 1024 == 0:
                self._source.progress()
            if isinstance(cells, Rejected):
                yield cells
            elif any(cell.strip() for cell in cells):
                yield pair_of(line, cells, self._layout)

    def _remark_on_columns(self, headers: Sequence[str], layout: Layout) -> None:
        unused = [header for place, header in enumerate(headers) if place not in layout.used and header.strip()]
        if unused:
            names = ", ".join(clean(header.strip()) for header in unused)
            self._source.remarks.append(_("Note: columns left out: {names}").format(names=shortened(names, 200)))


def _lines(text: TextIO, limit: int | None = None) -> Iterator[Line]:
    """Yield the lines that say something, with their numbers; comments above the header and Excel's "sep=" do not."""
    number = found = 0
    while line := text.readline(MAX_LINE):
        number += 1
        if len(line) == MAX_LINE and not line.endswith("\n"):
            message = _("Line {line} has over a million letters: this is no table with a row a line.")
            raise BadData(message.format(line=number))
        if line.isspace() or (not found and (line.startswith("#") or _EXCEL_SEPARATOR.fullmatch(line))):
            continue
        found += 1
        yield number, line
        if found == limit:
            return


def _header(sample: Sequence[Line]) -> tuple[list[str], str, Layout | None]:
    """Return the cells of the first line, what separates them, and the columns where it is a header."""
    best: tuple[tuple[bool, int, int], list[str], str, Layout | None] | None = None
    for separator in SEPARATORS:
        cells = _cells(sample[0][1], separator) or []
        layout = recognise(cells)
        counts = [line.count(separator) for __, line in sample]
        # Without a header that tells, the separator that is in most lines, and most often.
        rank = layout is not None, sum(count > 0 for count in counts), min(counts)
        if best is None or rank > best[0]:
            best = rank, cells, separator, layout
    assert best is not None
    return best[1:]


def _given(columns: str, headers: Sequence[str], *, has_header: bool) -> tuple[Layout, bool]:
    """Return the columns that ``--columns`` gives, and whether the first line is a header. Raises BadUsage.

    They are given in their order (city1,country1,-,city2), or by heading (city1=Stadt,city2=Partnerstadt).
    """
    parts = [part.strip() for part in columns.split(",")]
    names = ["-"] * len(headers)
    if "=" in columns:
        places = {fold(header): place for place, header in enumerate(headers)}
        for part in parts:
            name, __, heading = part.partition("=")
            if fold(heading) not in places:
                listed = ", ".join(clean(header.strip()) for header in headers)
                message = _('--columns: no column is headed "{heading}". There are: {headings}')
                raise BadUsage(message.format(heading=clean(heading), headings=shortened(listed, 200)))
            names[places[fold(heading)]] = name
        has_header = True
    elif len(parts) > len(headers):
        message = _("--columns names {given} columns, and the file has {there}; - stands for one to leave out.")
        raise BadUsage(message.format(given=len(parts), there=len(headers)))
    else:
        names[: len(parts)] = parts
    layout = recognise(["" if name in _NOTHING else name for name in names])
    if layout is None:
        message = _("--columns must name city1 and city2, as in: --columns city1,country1,city2,country2")
        raise BadUsage(message)
    return layout, has_header


def _no_header(shown: str, headers: Sequence[str]) -> BadData:
    first = shortened(" | ".join(clean(header.strip()) for header in headers), 100)
    if len(headers) < 2:
        message = _("{file} is no table: no comma, semicolon, tab or | separates the cells of its first line: {first}")
        return BadData(message.format(file=shown, first=first))
    message = _(
        "The first line of {file} does not name the columns of two cities: {first}. "
        "Say what they are, as in: --columns city1,country1,city2,country2"
    )
    return BadData(message.format(file=shown, first=first))


def _records(lines: Iterator[Line], separator: str, width: int) -> Iterator[tuple[int, Sequence[str] | Rejected]]:
    """Yield the cells of each record with the line that it begins on.

    A cell in quotes may hold line ends. Where its quote is never closed, only the line it opens on is lost, and not
    the rest of the file, as with a plain CSV reader.
    """
    pushed: deque[Line] = deque()
    while True:
        number, line = pushed.popleft() if pushed else next(lines, (0, ""))
        if not line:
            return
        if '"' not in line:
            yield number, line.rstrip("\n").split(separator)
            continue
        if line.count('"') % 2 == 0:
            yield number, _cells(line, separator) or _broken(number, line)
            continue
        taken = _rest_of_cell(lines, pushed)
        joined = _cells("".join([line, *(text for __, text in taken)]), separator) if taken else None
        if joined is not None and len(joined) == width:
            yield number, joined
            continue
        pushed.extendleft(reversed(taken))
        cells = line.rstrip("\n").split(separator)
        # In a TSV a quote may be a letter like any other.
        yield number, cells if len(cells) == width and separator == "\t" else _broken(number, line)


def _broken(number: int, line: str) -> Rejected:
    return Rejected(number, Refusal(N_("a quote that is never closed")).reason, shortened(line.strip(), 300))


def _cells(text: str, separator: str) -> list[str] | None:
    """Return the cells of a record, None where its quotes are in disorder or a cell is longer than any text."""
    try:
        return next(csv.reader([text], delimiter=separator), [])
    except csv.Error:
        return None


def _rest_of_cell(lines: Iterator[Line], pushed: deque[Line]) -> list[Line]:
    """Take the lines up to the one that closes the quote that is open; none where none of the next does."""
    taken: list[Line] = []
    while len(taken) < _MAX_LINES_OF_CELL:
        number, text = pushed.popleft() if pushed else next(lines, (0, ""))
        if not text:
            break
        taken.append((number, text))
        if text.count('"') % 2:
            return taken
    pushed.extendleft(reversed(taken))
    return []
