"""Which reader a file needs, told from its content and not only from its name."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from twincli.errors import BadData, BadUsage
from twincli.i18n import _
from twincli.layers.readers import json_stream, own, sparql, table
from twincli.layers.readers.input import MAX_LINE, Input
from twincli.layers.readers.json_stream import Value
from twincli.layers.rows import RawPair, Rejected

# How many values are looked at to tell what a file is, and what columns its records have, which may leave out some.
_SAMPLE = 100
# Where pairs stand in the JSON of the commands: ``show CITY``, ``show CITY CITY``, ``path``.
_PLACES_OF_PAIRS = frozenset({"pairs", "pair", "steps"})
# What a data file begins with, in whatever order.
_SECTIONS = frozenset({"format", "cities", "sources", "pairs"})


@dataclass(frozen=True)
class Reading:
    """A file that is understood."""

    rows: Iterator[RawPair | Rejected]
    facts: Mapping[str, str]
    """What it says of itself, in the words of a data file's header."""


def read(source: Input, columns: str | None) -> Reading:
    """Return the rows of a file. Raises BadData or BadUsage where it cannot be understood."""
    text = source.text()
    first = ""
    while not first.strip():
        first = text.readline(MAX_LINE)
        if not first:
            raise BadData(_("{file} is empty.").format(file=source.shown))
    if first.lstrip()[0] not in "[{":
        if columns is None and sparql.is_tsv(first):
            return Reading(sparql.tsv_rows(source), {})
        return Reading(table.rows(source, columns), {})
    if columns is not None:
        raise BadUsage(_("--columns is for tables (CSV, TSV), and {file} is JSON.").format(file=source.shown))
    if _is_lines(first):
        return Reading(_lines(source), {})
    return _document(source, first)


def _is_lines(first: str) -> bool:
    """Tell whether the first line is a record of its own, as in JSON Lines, and not the beginning of one document."""
    try:
        value = json.loads(first)
    except (ValueError, RecursionError):
        return False
    return own.is_record(value) or sparql.is_flat(value)


def _lines(source: Input) -> Iterator[RawPair | Rejected]:
    first = next(value for value in json_stream.lines(source) if isinstance(value, Value))
    if own.is_record(first.value):
        for value in json_stream.lines(source):
            yield value if isinstance(value, Rejected) else own.pair_of(value.line, value.value)
    else:
        yield from _flat(source, json_stream.lines)


def _document(source: Input, first: str) -> Reading:
    """Return the rows of one JSON document."""
    start = next(json_stream.values(source), None)
    if start is None:
        raise BadData(_("{file} holds no pairs.").format(file=source.shown))
    if first.lstrip()[0] == "[":
        if own.is_record(start.value):
            return Reading((own.pair_of(value.line, value.value) for value in json_stream.values(source)), {})
        if sparql.is_flat(start.value):
            return Reading(_flat(source, json_stream.values), {})
        raise _not_ours(source)
    sample = list(islice(json_stream.values(source), _SAMPLE))
    keys = {value.key for value in sample}
    if keys & {"results", "head"}:
        return Reading(_bindings(source), {})
    if any(value.key in _PLACES_OF_PAIRS and own.is_record(value.value) for value in sample):
        return Reading(_answers(source), {})
    if any(value.key in _SECTIONS and isinstance(value.value, dict) for value in sample):
        data_file = own.DataFile(json_stream.values(source))
        return Reading(data_file.pairs(json_stream.values(source)), data_file.facts)
    raise _not_ours(source)


def _answers(source: Input) -> Iterator[RawPair | Rejected]:
    """Yield the pairs in the JSON of a command."""
    for line, key, value in json_stream.values(source):
        if key in _PLACES_OF_PAIRS and value is not None:
            yield own.pair_of(line, value)


def _bindings(source: Input) -> Iterator[RawPair | Rejected]:
    """Yield the pairs of SPARQL results, whose variables the head lists, or else the first results show."""
    names: list[str] = []
    for value in islice(json_stream.values(source), _SAMPLE):
        if value.key == "head" and isinstance(value.value, dict) and isinstance(value.value.get("vars"), list):
            names = [str(name) for name in value.value["vars"]]
            break
        if value.key == "results" and isinstance(value.value, dict):
            names += [name for name in value.value if name not in names]
    layout = sparql.layout_of(names, source.shown)
    found = (value for value in json_stream.values(source) if value.key == "results" and isinstance(value.value, dict))
    return sparql.records(found, layout, names)


def _flat(source: Input, values: Any) -> Iterator[RawPair | Rejected]:
    """Yield the pairs of a list of records with a column under each key."""
    names: list[str] = []
    for value in islice(values(source), _SAMPLE):
        if isinstance(value, Value) and isinstance(value.value, dict):
            names += [name for name in value.value if name not in names]
    return sparql.records(values(source), sparql.layout_of(names, source.shown), names)


def _not_ours(source: Input) -> BadData:
    message = _(
        "{file} is JSON of a kind that cannot be imported; it can be a data file, what twincli list gives, "
        "SPARQL results, or a list of records such as {example}."
    )
    example = '{"city1": …, "country1": …, "city2": …, "country2": …}'
    return BadData(message.format(file=source.shown, example=example))
