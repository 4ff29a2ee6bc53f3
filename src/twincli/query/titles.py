"""What a picture of a selection must say of itself, since it travels without the command that made it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from twincli.i18n import _
from twincli.index.store import Index
from twincli.query.names import Lookup
from twincli.query.pairs import Filters
from twincli.text import clean
from twincli.vocabulary import Confidence, Field, Kind, Status
from twincli.wording import label


def title_of(index: Index, filters: Filters) -> str:
    """Return what the pairs selected are, in words: Twin cities of Indonesia · with Netherlands · ended."""
    # The names were resolved before, with remarks for the reader; this lookup's are dropped.
    lookup = Lookup(index)
    cities = {city.id: city for text in filters.city for city in lookup.cities(text)}
    groups = [
        [f"{city.name}, {city.country_name}" if len(cities) == 1 else str(city) for city in cities.values()],
        [lookup.country_name(lookup.country(text)) for text in filters.country],
        [lookup.region_name(lookup.region(text)) for text in filters.region],
    ]
    first, *others = [_listed(group) for group in groups if group] or [""]
    head = _("Twin cities of {places}").format(places=first) if first else _("Twin cities of the world")
    return " · ".join([head, *others, *_traits(lookup, filters)])


def _traits(lookup: Lookup, filters: Filters) -> Iterator[str]:
    if filters.other_end:
        ends: list[str] = []
        for text in filters.other_end:
            places = lookup.place(text)
            ends += [lookup.country_name(code) for code in places.countries] + [str(city) for city in places.cities]
            ends += [lookup.region_name(code) for code in places.regions]
        yield _("with {places}").format(places=_listed(ends))
    for enumeration, values in ((Kind, filters.kind), (Field, filters.field), (Status, filters.status)):
        if values:
            yield _listed([label(enumeration, value) for value in values])
    if filters.since:
        yield _begun(clean(filters.since.strip()))
    if filters.confidence:
        levels = _listed([label(Confidence, value) for value in filters.confidence])
        yield _("confidence: {levels}").format(levels=levels)
    if filters.disputed is not None:
        yield _("disputed") if filters.disputed else _("undisputed")
    if filters.origin:
        yield _("data: {names}").format(names=_listed(filters.origin))


def _begun(years: str) -> str:
    start, dots, end = years.partition("..")
    if not dots or (start and end):
        return _("begun {years}").format(years=f"{start}–{end}" if dots else start)
    return _("begun {year} or later").format(year=start) if start else _("begun {year} or earlier").format(year=end)


def _listed(names: Sequence[str]) -> str:
    return clean(", ".join(dict.fromkeys(names)))
