"""Compiling countries, regions and provinces."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from twincli.dataset.models import Country, Gazetteer
from twincli.index.add_names import add_names
from twincli.index.schema import Tier


@dataclass(frozen=True)
class Around:
    """What lies around a city, by its country's code."""

    names: dict[str, dict[str, str]]
    """A country's names by language."""
    region: dict[str, str]
    """A country's UN subregion."""
    continent: dict[str, str]
    """A country's continent."""
    admins: dict[tuple[str, str], str]
    """The Indonesian name of a province, where it differs, by country and English name."""


def add_gazetteer(connection: sqlite3.Connection, gazetteer: Gazetteer) -> Around:
    """Insert countries and regions with all their names, and return what cities need of them."""
    parent = {region.code: region.parent for region in gazetteer.regions}
    connection.executemany(
        "INSERT INTO region VALUES (?, ?, ?, ?)",
        [(region.code, region.parent, region.name.en, region.name.id) for region in gazetteer.regions],
    )
    for region in gazetteer.regions:
        names = [(Tier.ID, region.code), (Tier.NAME, region.name.en), (Tier.NAME, region.name.id)]
        add_names(connection, "region", region.code, names)
    around = Around(
        {country.code: {"en": country.name.en, "id": country.name.id} for country in gazetteer.countries},
        {country.code: country.region for country in gazetteer.countries},
        {country.code: parent[country.region] or country.region for country in gazetteer.countries},
        {(admin.country, admin.name.en): admin.name.id for admin in gazetteer.admins},
    )
    for country in gazetteer.countries:
        code = country.code
        row = (code, around.region[code], around.continent[code], country.name.en, country.name.id)
        connection.execute("INSERT INTO country VALUES (?, ?, ?, ?, ?)", row)
        add_names(connection, "country", code, _names(country))
    return around


def _names(country: Country) -> Iterator[tuple[Tier, str]]:
    yield Tier.ID, country.code
    yield Tier.ID, country.alpha3
    for name in (country.name.en, country.name.id, *country.native, *country.also):
        yield Tier.NAME, name
    for name in country.former:
        yield Tier.FORMER, name
    for name in country.part_of:
        yield Tier.PART, name
