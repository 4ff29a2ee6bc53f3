"""W3C SPARQL results in JSON and TSV, as query services export them, and JSON lists of flat records.

Results in CSV are a table like any other. What each variable holds is told from its name, as for a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from twincli.dataset.problems import Reason
from twincli.errors import BadData
from twincli.i18n import N_, _
from twincli.layers.readers.cells import pair_of
from twincli.layers.readers.columns import Layout, recognise
from twincli.layers.readers.input import MAX_LINE, Input
from twincli.layers.readers.json_stream import Value
from twincli.layers.rows import RawPair, Rejected
from twincli.layers.values import shortened
from twincli.text import clean

# A term of Turtle, as the TSV form writes values: an address, a text with its language or type, or a bare number.
_TERM = re.compile(r'<(?P<address>[^>]*)>|"(?P<text>(?:[^"\\]|\\.)*)"(?:@[A-Za-z0-9-]+|\^\^\S+)?', re.DOTALL)
_ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}
_ESCAPED = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.DOTALL)


def layout_of(names: Sequence[str], shown: str) -> Layout:
    """Return which variable holds what. Raises BadData where two cities are not among them."""
    layout = recognise(names)
    if layout is None:
        listed = shortened(", ".join(clean(name) for name in names), 200)
        message = _(
            "The columns of {file} name no two cities: {names}. "
            "Call them like city1, country1, city2, country2, or itemLabel, countryLabel, twinLabel, twinCountryLabel."
        )
        raise BadData(message.format(file=shown, names=listed))
    return layout


def records(values: Iterable[Value | Rejected], layout: Layout, names: Sequence[str]) -> Iterator[RawPair | Rejected]:
    """Yield the pairs of JSON objects that hold a variable or a column under each name."""
    for value in values:
        if isinstance(value, Rejected):
            yield value
        elif isinstance(value.value, dict):
            yield pair_of(value.line, [_plain(value.value.get(name)) for name in names], layout)
        else:
            yield Rejected(value.line, Reason(N_("a record that is no object")), shortened(str(value.value), 300))


def is_flat(value: Any) -> bool:
    """Tell whether a JSON value is a record of texts and numbers, or of the bindings of variables."""
    return isinstance(value, dict) and bool(value) and all(_is_plain(inner) for inner in value.values())


def _is_plain(value: Any) -> bool:
    return value is None or isinstance(value, (str, int, float)) or (isinstance(value, Mapping) and "value" in value)


def _plain(value: Any) -> str:
    """Return the text of a binding, or of a plain value."""
    if isinstance(value, Mapping):
        value = value.get("value")
    return "" if value is None else str(value)


def is_tsv(first_line: str) -> bool:
    """Tell whether a header is one of SPARQL results in TSV: every column begins with a question mark."""
    names = first_line.strip().split("\t")
    return all(re.fullmatch(r"[?$]\w+", name) for name in names)


def tsv_rows(source: Input) -> Iterator[RawPair | Rejected]:
    """Yield the pairs of SPARQL results in TSV."""
    text = source.text()
    number, header = 1, text.readline(MAX_LINE)
    while header.isspace():
        number, header = number + 1, text.readline(MAX_LINE)
    names = [name[1:] for name in header.strip().split("\t")]
    layout = layout_of(names, source.shown)
    while line := text.readline(MAX_LINE):
        number += 1
        if number % 1024 == 0:
            source.progress()
        if not line.isspace():
            yield pair_of(number, [_term(cell) for cell in line.rstrip("\n").split("\t")], layout)


def _term(cell: str) -> str:
    """Return the text of a term."""
    match = _TERM.fullmatch(cell.strip())
    if not match:
        return cell.strip()
    if match["address"] is not None:
        return match["address"]
    return _ESCAPED.sub(_unescaped, match["text"])


def _unescaped(match: re.Match[str]) -> str:
    code = match[1]
    if len(code) > 1:
        number = int(code[1:], 16)
        return chr(number) if number <= 0x10FFFF else "\ufffd"
    return _ESCAPES.get(code, code)
