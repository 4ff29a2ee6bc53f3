"""From the rows of a file to a layer: cities and pairs that are the same are brought together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from twincli.dataset.models import City, Gazetteer
from twincli.dataset.problems import Refusal
from twincli.layers.assembly import Assembly, LayerHeader
from twincli.layers.countries import CountryNames
from twincli.layers.finding import CityFinder, Waits
from twincli.layers.joining import PairJoiner
from twincli.layers.known import Known
from twincli.layers.register import WANT, WANTED, Register
from twincli.layers.rows import RawCity, RawPair, RawSource, Rejected
from twincli.text import fold

Elsewhere = Callable[[Callable[[str], bool]], Iterable[City]]
"""Gives the cities known from elsewhere than the bundled data that bear a wanted folded name."""


def assemble(
    rows: Iterable[RawPair | Rejected],
    header: LayerHeader,
    gazetteer: Gazetteer,
    known: Known,
    elsewhere: Elsewhere | None = None,
) -> Assembly:
    """Return the layer that the rows make, to be closed after use; the known cities and pairs are the bundled ones."""
    register = Register()
    try:
        finder = CityFinder(register, CountryNames(gazetteer), known)
        joiner = PairJoiner(register, known)
        read = 0
        for row in rows:
            read += 1
            _take(row, register, finder, joiner)
        finder.is_last = True
        if elsewhere is not None:
            register.change(WANT, ((name,) for name in _names_waiting(register)))
            finder.elsewhere = Known(elsewhere(lambda name: register.one(WANTED, name) is not None))
        for pair in _waiting(register):
            _take(pair, register, finder, joiner)
        return Assembly(register, header, known, joiner, read)
    except BaseException:
        register.close()
        raise


def _take(row: RawPair | Rejected, register: Register, finder: CityFinder, joiner: PairJoiner) -> None:
    if isinstance(row, Rejected):
        joiner.reject(row.line, row.reason, row.text)
        return
    try:
        joiner.join(row, finder.find(row.one), finder.find(row.other))
    except Waits:
        register.wait(row)
    except Refusal as refusal:
        joiner.reject(row.line, refusal.reason, f"{_shown(row.one)} – {_shown(row.other)}")


def _shown(city: RawCity) -> str:
    about = ", ".join(part for part in ((city.key or "").rpartition("/")[2], city.country) if part)
    return f"{city.name} ({about})" if about else city.name


def _names_waiting(register: Register) -> Iterator[str]:
    """Yield the folded names that the cities that wait may be looked up by."""
    for pair in _waiting(register):
        for city in (pair.one, pair.other):
            # What follows a comma may be the province or the country, which is then no part of the name.
            names = city.name, city.name.partition(",")[0], city.name.rpartition(",")[0]
            yield from {fold(name) for name in names}


def _waiting(register: Register) -> Iterator[RawPair]:
    """Yield the rows that wait; their tuples have become lists."""
    for values in register.waiting():
        pair = RawPair(*values)
        yield pair._replace(
            one=_raw_city(values[1]),
            other=_raw_city(values[2]),
            urls=tuple(pair.urls),
            fields=tuple(pair.fields),
            sources=tuple(RawSource(*source) for source in pair.sources),
            note=tuple((language, text) for language, text in pair.note),
        )


def _raw_city(values: Sequence[Any]) -> RawCity:
    city = RawCity(*values)
    return city._replace(names=tuple((language, name) for language, name in city.names))
