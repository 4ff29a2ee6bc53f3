"""A layer that has been written, read once as the index will read it, before it is put in its place.

One that the index refuses would stop every command. Whatever is known to make such a layer is refused row by row; this
is for what nobody has thought of.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Container, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from twincli.clock import this_day
from twincli.dataset.check import Fault, check_country, check_pair, check_places
from twincli.dataset.models import SECTIONS, City, Dataset, Pair, Record, Source
from twincli.dataset.problems import Problem, Reason, problems_of
from twincli.i18n import N_
from twincli.layers.joining import OF_NEIGHBOURS
from twincli.layers.known import Known

_SECTION = re.compile(rb'"(cities|sources|pairs)": \[')
_Model = TypeVar("_Model", bound=Record)


class _Malformed(Exception):
    """A record that is not as it should be, or a file without its sections; the argument is the problem."""


def first_problem(
    layer: Path, known: Known, countries: Container[str], city_of: Callable[[str], City]
) -> Problem | None:
    """Return the first thing for which the index would refuse a layer in the canonical layout, None if it is sound.

    ``city_of`` gives the layer's cities by their ids, which alone are kept in memory. Those that are known are looked
    at where they are known to lie. Raises OSError.
    """
    try:
        faults = _faults(_records(layer), known, countries, city_of)
        return next((Problem(layer.name, *fault) for fault in faults if not fault.is_warning), None)
    except _Malformed as malformed:
        problem: Problem = malformed.args[0]
        return problem


def _records(layer: Path) -> Iterator[City | Source | Pair]:
    """Yield the records of a layer, one a line. Raises _Malformed."""
    head, model = b"", None
    with layer.open("rb") as file:
        for line in file:
            if section := _SECTION.match(line):
                if model is None:
                    _validated(Dataset, head + b'"cities": [], "sources": [], "pairs": []}', layer)
                model = SECTIONS[section[1].decode()]
            elif model is None:
                head += line
            elif line.startswith(b"{"):
                yield _validated(model, line.removesuffix(b"\n").removesuffix(b","), layer)


def _validated(model: type[_Model], content: bytes, layer: Path) -> _Model:
    try:
        return model.model_validate_json(content)
    except ValidationError as error:
        record = None if model is Dataset else json.loads(content).get("id")
        raise _Malformed(problems_of(error, file=layer.name, record=record)[0]) from None


def _faults(
    records: Iterable[City | Source | Pair], known: Known, countries: Container[str], city_of: Callable[[str], City]
) -> Iterator[Fault]:
    """Yield what is wrong between records that are each well-formed."""
    today = this_day().isoformat()
    cities: set[str] = set()
    sources: set[str] = set()
    before = ""
    for record in records:
        if isinstance(record, Pair):
            # They are sorted by their ids, of which there may be a million.
            is_repeated, before = record.id <= before, record.id
            yield from check_pair(record, cities, sources, today)
            if record.kind in OF_NEIGHBOURS:
                ends = [city_of(end) for end in record.cities]
                one, other = (known.match(end) or end for end in ends)
                yield from check_places(record, one, other)
        else:
            ids = cities if isinstance(record, City) else sources
            is_repeated = record.id in ids
            ids.add(record.id)
            if isinstance(record, City):
                yield from check_country(record, countries)
        if is_repeated:
            yield Fault(record.id, "id", Reason(N_("is used twice")))
