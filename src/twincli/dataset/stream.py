"""Reading a data file record by record, so that its size does not matter.

A file in the canonical layout has one record a line and is read in one pass; any other is read whole. Either way the
cities come first, then the sources, then the pairs.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from twincli.dataset.models import City, Dataset, Pair, Source
from twincli.dataset.reader import check_file_content, read_bytes, refusal

Row = City | Source | Pair
_MODELS: dict[str, Callable[[bytes], Row]] = {
    "cities": City.model_validate_json,
    "sources": Source.model_validate_json,
    "pairs": Pair.model_validate_json,
}


class _OtherLayout(Exception):
    """The file is not in the canonical layout, or is not what it should be."""


@dataclass(frozen=True)
class Header:
    """What a data file says of itself."""

    title: str
    date: str
    licence: str
    attribution: str | None


@dataclass(frozen=True)
class RecordStream:
    """A data file opened for one pass."""

    path: Path
    header: Header
    records: Iterator[Row]
    """Raises BadData where the file turns out to be wrong."""


def open_records(path: Path) -> RecordStream:
    """Open a data file. Raises BadData where it cannot be read or is wrong."""
    try:
        lines = _lines(path)
        header = _read_header(lines)
    except (_OtherLayout, ValidationError):
        return _read_whole(path)
    return RecordStream(path, header, _stream(path, lines))


def _lines(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            yield from file
    except OSError:
        read_bytes(path)  # says what is wrong, in our words
        raise


def _read_header(lines: Iterator[bytes]) -> Header:
    values: dict[str, Any] = {}
    if next(lines, b"") != b"{\n":
        raise _OtherLayout
    for line in lines:
        if line == b'"cities": [\n':
            break
        try:
            values |= json.loads(b"{" + line.rstrip(b",\n") + b"}")
        except ValueError:
            raise _OtherLayout from None
    else:
        raise _OtherLayout
    whole = Dataset.model_validate({**values, "cities": (), "sources": (), "pairs": ()})
    return Header(whole.title, whole.date, whole.licence, whole.attribution)


def _stream(path: Path, lines: Iterator[bytes]) -> Iterator[Row]:
    try:
        yield from _read_section("cities", lines)
        for section in ("sources", "pairs"):
            if next(lines, b"") != f'"{section}": [\n'.encode():
                raise _OtherLayout
            yield from _read_section(section, lines)
        if next(lines, b"") != b"}\n" or next(lines, None) is not None:
            raise _OtherLayout
    except (_OtherLayout, ValidationError):
        raise whole_refusal(path) from None


def _read_section(section: str, lines: Iterator[bytes]) -> Iterator[Row]:
    validate = _MODELS[section]
    for line in lines:
        if line in {b"],\n", b"]\n"}:
            return
        yield validate(line.rstrip(b",\n"))
    raise _OtherLayout


def _read_whole(path: Path) -> RecordStream:
    content = read_bytes(path)
    try:
        dataset = Dataset.model_validate_json(content)
    except ValidationError:
        raise whole_refusal(path) from None
    header = Header(dataset.title, dataset.date, dataset.licence, dataset.attribution)
    return RecordStream(path, header, _in_order(dataset))


def _in_order(dataset: Dataset) -> Iterator[Row]:
    yield from dataset.cities
    yield from dataset.sources
    yield from sorted(dataset.pairs, key=lambda pair: pair.id)


def whole_refusal(path: Path) -> Exception:
    """Return the error for a file in which something is wrong, the first thing named."""
    __, problems = check_file_content(path, read_bytes(path), known_countries=())
    return refusal(path, [problem for problem in problems if not problem.is_warning] or problems)
