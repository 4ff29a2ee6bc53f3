"""Compiling cities, those of several files that are one city made into one."""

from __future__ import annotations

import sqlite3
from collections.abc import Container, Iterator
from itertools import count
from typing import Any, NamedTuple

from twincli.dataset.json_text import as_json
from twincli.dataset.matching import CityMatcher
from twincli.dataset.models import City
from twincli.index.add_gazetteer import Around
from twincli.index.add_names import add_names
from twincli.index.entries import Entries
from twincli.index.schema import Tier
from twincli.text import fold


class Place(NamedTuple):
    """What the pairs of a city need of it."""

    number: int
    id: str
    key: str
    """Its English name, folded, to sort by."""
    local_key: str
    """Its Indonesian name, folded."""
    country: str
    region: str
    continent: str
    lat: float
    lon: float


class Cities:
    """The cities inserted so far."""

    def __init__(self, connection: sqlite3.Connection, around: Around, entries: Entries, *, merges: bool) -> None:
        self._connection = connection
        self._around = around
        self._entries = entries
        self._matcher = CityMatcher() if merges else None
        self._by_id: dict[str, Place] = {}
        self.countries: set[str] = set()
        """The codes of the countries that they lie in."""

    @property
    def count(self) -> int:
        """How many cities have been inserted."""
        return len(self._by_id)

    def add(self, city: City) -> tuple[Place, bool]:
        """Return the place of a city, inserted unless another file had it, and whether it was inserted."""
        if self._matcher is not None:
            known = self._matcher.match(city)
            if known is not None:
                return self._by_id[known], False
            city = self._with_free_id(city)
            self._matcher.add(city)
        place = self._by_id[city.id] = self._insert(city)
        self._entries.add_city(city)
        self.countries.add(city.country)
        return place, True

    def _with_free_id(self, city: City) -> City:
        """Return a city of another file under an id that no other city has."""
        return city.model_copy(update={"id": free_id(city.id, self._by_id)}) if city.id in self._by_id else city

    def _insert(self, city: City) -> Place:
        around, code = self._around, city.country
        number = len(self._by_id) + 1
        admin = None
        if city.admin is not None:
            admin = {"en": city.admin, "id": around.admins.get((code, city.admin), city.admin)}
        local = city.names.id or city.name
        doc = {
            "id": city.id,
            "name": city.name,
            "names": _filled(city.names.model_dump(mode="json")),
            "country": code,
            "country_name": around.names[code],
            "admin": city.admin,
            "admin_name": admin,
            "level": city.level,
            "lat": city.lat,
            "lon": city.lon,
        }
        self._connection.execute(
            "INSERT INTO city VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?)",
            (number, city.id, city.name, local, code, city.admin, admin and admin["id"], as_json(doc)),
        )
        add_names(self._connection, "city", city.id, _names(city))
        if admin:
            names = [(Tier.NAME, admin["en"]), (Tier.NAME, admin["id"])]
            add_names(self._connection, "admin", city.id, names)
        return Place(
            number,
            city.id,
            fold(city.name),
            fold(local),
            code,
            around.region[code],
            around.continent[code],
            city.lat,
            city.lon,
        )


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values that hold something: lists that are empty and names that are absent are left out."""
    return {key: value for key, value in values.items() if value not in (None, [], ())}


def _names(city: City) -> Iterator[tuple[Tier, str]]:
    yield Tier.ID, city.id
    for name in (city.name, city.names.id, *city.names.native):
        if name:
            yield Tier.NAME, name
    for name in city.names.former:
        yield Tier.FORMER, name
    for name in city.names.also:
        yield Tier.ALSO, name


def free_id(wanted: str, taken: Container[str]) -> str:
    """Return an id like one that is taken, with the first number behind it that makes it free."""
    return next(id_ for number in count(2) if (id_ := f"{wanted}-{number}") not in taken)
