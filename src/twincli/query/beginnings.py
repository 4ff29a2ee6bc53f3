"""The names that begin as somebody has typed, each with what tells it from others: what the tab key offers.

A thing is offered once, under its most direct name that begins so, however many names it has; a name with several
bearers is offered with what tells them apart ("Toledo, Ohio"), in a form that a lookup takes.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from twincli.errors import TwincliError
from twincli.i18n import pick, spoken
from twincli.index.schema import Tier
from twincli.index.store import Index
from twincli.locations import BUNDLED
from twincli.query import statements
from twincli.query.names import Lookup
from twincli.query.notes import find_note, topic_docs
from twincli.sections import section_titles
from twincli.text import fold, fold_words

# After every letter that a key can have.
_LAST = "\U0010ffff"


class Beginning(NamedTuple):
    """A name that begins as typed."""

    label: str
    meaning: str
    """What tells it from others, in the language spoken; empty where the label says it."""


class _City(NamedTuple):
    id: str
    key: str
    """The label, folded."""
    label: str
    name: str
    """In the language spoken, as are the next two."""
    admin: str | None
    country: str


def beginnings(index: Index, sort: str, typed: str, given: Mapping[str, Sequence[str]]) -> list[Beginning]:
    """Return the names of one sort, a key of ``SORTS`` or ``DEPENDENT``, that begin as typed, by name.

    Case, diacritics and punctuation do not matter, except that a blank or a sign that has been typed is meant where
    anything has it there. ``given`` are the values of the command's parameters so far.
    """
    if sort in SORTS:
        found = SORTS[sort](index, typed)
    else:
        parameter, find = DEPENDENT[sort]
        found = find(index, typed, "".join(given.get(parameter, ())))
    words = fold_words(typed)
    if " " in words:
        found = [name for name in found if fold_words(name.label).startswith(words)] or found
    return sorted(found)


# --- countries and regions ---------------------------------------------------------------------------------------


def _countries(index: Index, typed: str) -> list[Beginning]:
    return _places(index, "country", typed, statements.COUNTRY_NAMES)


def _regions(index: Index, typed: str) -> list[Beginning]:
    return _places(index, "region", typed, statements.REGION_NAMES)


def _places(index: Index, kind: str, typed: str, names: str) -> list[Beginning]:
    named = {code: spoken(en, local) for code, en, local in index.connection.execute(names)}
    key = fold(typed)
    found = _labels(index, kind, key, Tier.NAME) or _labels(index, kind, key, Tier.ID)
    labels = {code: named[code] if fold(named[code]).startswith(key) else label for code, label in found.items()}
    return [Beginning(label, "" if label == named[code] else named[code]) for code, label in labels.items()]


def _labels(index: Index, kind: str, key: str, tier: Tier) -> dict[str, str]:
    """Return the things that have a name which begins so and is no more direct than the tier, each with that name."""
    rows = index.connection.execute(statements.NAMES_BEGINNING, (key, key + _LAST, kind, tier))
    return {target: label for target, label, __ in rows}


# --- cities ------------------------------------------------------------------------------------------------------


def _cities(index: Index, typed: str) -> list[Beginning]:
    return _told_apart(_cities_beginning(index, typed)) or _around(index, typed)


def _partners(index: Index, typed: str, first: str) -> list[Beginning]:
    """Return cities, only the partners of the one given first where any of them begins so."""
    partners: set[str] = set()
    try:
        for city in Lookup(index).cities(first):
            partners |= {row[0] for row in index.connection.execute(statements.PARTNERS, (city.id,))}
    except TwincliError:
        pass  # what stands first is no city that we know, so that nothing is known of its partners
    found = [city for city in _cities_beginning(index, typed) if city.id in partners]
    # Of several cities of one name, the one that is paired is taken.
    return [_beginning(city) for city in found] or _cities(index, typed)


def _cities_beginning(index: Index, typed: str) -> list[_City]:
    if "," in typed and (written_so := [city for city in _rows(index, typed, Tier.NAME) if "," in city.label]):
        return written_so
    if "," in typed and _bearers(index, typed):
        return []
    found = _rows(index, typed, Tier.NAME)
    if "-" in typed or not found:
        # Whoever types a hyphen may be typing an id, such as those that an error lists.
        by_id = [city for city in _rows(index, typed, Tier.ID) if city.label.startswith(typed.casefold())]
        literal = [city for city in found if city.label.casefold().startswith(typed.casefold())]
        known = {city.id for city in literal}
        found = literal + [city for city in by_id if city.id not in known] or found
    return found


def _rows(index: Index, typed: str, tier: Tier) -> list[_City]:
    key = fold(typed)
    rows = index.connection.execute(statements.CITIES_BEGINNING, (key, key + _LAST, tier))
    cities = []
    for id_, label_key, label, en, local, admin, local_admin, country, local_country in rows:
        name = spoken(en, local)
        around = spoken(admin or "", local_admin or "") or None
        city = _City(id_, label_key, label, name, around, spoken(country, local_country))
        if name != label and tier is not Tier.ID and (name_key := fold(name)).startswith(key):
            city = city._replace(key=name_key, label=name)
        cities.append(city)
    return cities


def _beginning(city: _City) -> Beginning:
    return Beginning(city.label, city.country if city.label == city.name else f"{city.name}, {city.country}")


def _told_apart(cities: Iterable[_City]) -> list[Beginning]:
    """Return each city under a label of its own."""
    bearers: dict[str, list[_City]] = defaultdict(list)
    for city in cities:
        bearers[city.key].append(city)
    found = []
    for group in bearers.values():
        if len(group) == 1:
            found.append(_beginning(group[0]))
            continue
        in_country = Counter(city.country for city in group)
        in_admin = Counter(city.admin for city in group)
        for city in group:
            if in_country[city.country] == 1:
                found.append(_told_by(city, city.country))
            elif city.admin and in_admin[city.admin] == 1:
                found.append(_told_by(city, city.admin))
            else:
                found.append(Beginning(city.id, _whole(city)))
    return found


def _around(index: Index, typed: str) -> list[Beginning]:
    """Return the cities called as what stands before the last comma, each with what lies around it and begins so."""
    found = []
    for city in _bearers(index, typed):
        forms = (_told_by(city, around) for around in (city.country, city.admin) if around)
        found += [form for form in forms if fold(form.label).startswith(fold(typed))][:1]
    return found


def _bearers(index: Index, typed: str) -> list[_City]:
    key = fold(typed.rpartition(",")[0])
    return [city for city in _rows(index, key, Tier.NAME) if city.key == key] if key else []


def _told_by(city: _City, around: str) -> Beginning:
    return Beginning(f"{city.label}, {around}", _whole(city))


def _whole(city: _City) -> str:
    return ", ".join(part for part in (city.name, city.admin, city.country) if part)


# --- topics and origins --------------------------------------------------------------------------------------------


def _topics(index: Index, typed: str) -> list[Beginning]:
    titles = {topic["id"]: pick(topic["title"])[0] for topic in map(json.loads, topic_docs(index))}
    return [Beginning(label, titles[topic]) for topic, label in _labels(index, "note", fold(typed), Tier.ID).items()]


def _sections(index: Index, typed: str, topic: str) -> list[Beginning]:
    try:
        body = pick(json.loads(find_note(index, topic))["body"])[0]
    except TwincliError:
        return []
    return [Beginning(title, "") for title in section_titles(body) if fold(title).startswith(fold(typed))]


def _origins(index: Index, typed: str) -> list[Beginning]:
    rows = index.connection.execute(statements.ORIGINS)
    return [Beginning(name, title) for name, __, title, *__ in rows if fold(name).startswith(fold(typed))]


def _layers(index: Index, typed: str) -> list[Beginning]:
    return [found for found in _origins(index, typed) if found.label != BUNDLED]


SORTS: Mapping[str, Callable[[Index, str], list[Beginning]]] = {
    "country": _countries,
    "region": _regions,
    "city": _cities,
    "note": _topics,
    "origin": _origins,
    "layer": _layers,
}
# Those that depend on the value of another parameter, with its name.
DEPENDENT: Mapping[str, tuple[str, Callable[[Index, str, str], list[Beginning]]]] = {
    "partner": ("city", _partners),
    "section": ("topic", _sections),
}
