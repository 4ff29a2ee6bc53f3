"""Reading a data file record by record, so that its size does not matter.

A file in the canonical layout has one record a line and is read in one pass; any other is read whole, from where it
departs from that layout. Either way the cities come first, then the sources, then the pairs.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any

from pydantic import ValidationError

from twincli.dataset.models import City, Dataset, Pair, Source
from twincli.dataset.problems import problems_of
from twincli.dataset.reader import check_file_content, refusal, refuse_errors
from twincli.dataset.shape import OtherShape, read_bytes, read_whole, refuse_other_shapes

Row = City | Source | Pair
_MODELS: dict[str, Callable[[bytes], Row]] = {
    "cities": City.model_validate_json,
    "sources": Source.model_validate_json,
    "pairs": Pair.model_validate_json,
}


# A record has some thousand letters at most; without a bound a line without an end would fill the memory.
_MAX_LINE = 1 << 20


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
    if path.exists() and not path.is_file():
        return _read_whole(path)  # a pipe, from which nothing comes a second time
    try:
        file = path.open("rb")
        try:
            header = _read_header(_lines(file))
        except BaseException:
            file.close()
            raise
    except (_OtherLayout, ValidationError):
        return _read_whole(path)
    except OSError:
        read_bytes(path)  # says what is wrong, in our words
        raise
    return RecordStream(path, header, _stream(path, file))


def _lines(file: IO[bytes]) -> Iterator[bytes]:
    while line := file.readline(_MAX_LINE):
        if len(line) == _MAX_LINE:
            raise _OtherLayout
        yield line


def _read_header(lines: Iterator[bytes]) -> Header:
    values: dict[str, Any] = {}
    if next(lines, b"") != b"{\n":
        raise _OtherLayout
    for line in lines:
        if line == b'"cities": [\n':
            break
        if not line.endswith(b",\n"):
            raise _OtherLayout
        try:
            values |= json.loads(f"{{{line[:-2].decode()}}}")
        except (ValueError, RecursionError):
            raise _OtherLayout from None
    else:
        raise _OtherLayout
    whole = Dataset.model_validate({**values, "cities": (), "sources": (), "pairs": ()})
    return Header(whole.title, whole.date, whole.licence, whole.attribution)


def _stream(path: Path, file: IO[bytes]) -> Iterator[Row]:
    """Yield the records of a file whose header has been read."""
    count = 0
    try:
        with file:
            try:
                for row in _read_sections(path, _lines(file)):
                    yield row
                    count += 1
            except _OtherLayout:
                # From the same file, though another may have been put in its place since.
                file.seek(0)
                yield from islice(_records(path, read_whole(file, path)), count, None)
    except OSError:
        read_bytes(path)  # says what is wrong, in our words
        raise


def _read_sections(path: Path, lines: Iterator[bytes]) -> Iterator[Row]:
    yield from _read_section("cities", lines, path)
    for section, comma in (("sources", ","), ("pairs", "")):
        opening = next(lines, b"")
        if opening == f'"{section}": [\n'.encode():
            yield from _read_section(section, lines, path)
        elif opening != f'"{section}": []{comma}\n'.encode():
            raise _OtherLayout
    if next(lines, b"") != b"}\n" or next(lines, None) is not None:
        raise _OtherLayout


def _read_section(section: str, lines: Iterator[bytes], path: Path) -> Iterator[Row]:
    """Yield the records of a section, each on its line and with a comma behind all but the last."""
    validate, end = _MODELS[section], b"]\n" if section == "pairs" else b"],\n"
    goes_on = True
    for line in lines:
        if line == end and not goes_on:
            return
        if not goes_on:
            break
        goes_on = line.endswith(b",\n")
        record = line[:-2] if goes_on else line[:-1]
        try:
            row = validate(record)
        except ValidationError as error:
            raise _refusal_of(path, record, error) from None
        yield row
    raise _OtherLayout


def _refusal_of(path: Path, record: bytes, error: ValidationError) -> Exception:
    """Return the error for a file in which one record is wrong, which has been read alone. Raises _OtherLayout."""
    try:
        name = json.loads(record.decode()).get("id")
    except (ValueError, AttributeError, RecursionError):
        raise _OtherLayout from None
    return refusal(path, problems_of(error, file=path.name, record=name if isinstance(name, str) else None))


def _records(path: Path, content: bytes) -> Iterator[Row]:
    """Yield all records of a file as they stand in it. Raises BadData where `data check` finds an error."""
    dataset, problems = check_file_content(path, content, known_countries=())
    refuse_errors(path, problems)
    assert dataset is not None, "a file that cannot be read has an error"
    yield from chain(dataset.cities, dataset.sources, dataset.pairs)


def _read_whole(path: Path) -> RecordStream:
    content = read_bytes(path)
    try:
        refuse_other_shapes(content)
        dataset = Dataset.model_validate_json(content)
    except (OtherShape, ValidationError):
        refuse_errors(path, check_file_content(path, content, known_countries=())[1])
        raise
    header = Header(dataset.title, dataset.date, dataset.licence, dataset.attribution)
    return RecordStream(path, header, _in_order(dataset))


def _in_order(dataset: Dataset) -> Iterator[Row]:
    yield from dataset.cities
    yield from dataset.sources
    yield from sorted(dataset.pairs, key=lambda pair: pair.id)
