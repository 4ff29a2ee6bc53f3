"""Pairs, cities and jubilees as published."""

from __future__ import annotations

from pydantic import Field as About

from twincli.dataset.models import Id, PartialDate, Source
from twincli.dataset.published.base import Published, Text
from twincli.vocabulary import Confidence, Field, Kind, Level, Status


class Aliases(Published):
    """A city's other names; each key is absent where there is none."""

    id: str = About("", description="the Indonesian name, where it differs")
    native: list[str] = About([])
    former: list[str] = About([])
    also: list[str] = About([])


class CityOut(Published):
    """A city."""

    id: Id
    name: str = About(description="English")
    names: Aliases
    country: str = About(description="ISO 3166-1 alpha-2")
    country_name: Text
    admin: str | None = About(description="province, state or county, in English")
    admin_name: Text | None = About(description="the same in both languages; null where admin is")
    level: Level
    lat: float = About(description="latitude in degrees, WGS 84")
    lon: float = About(description="longitude in degrees, WGS 84")


class StatementOut(Source):
    """A source with what it says of the pair."""

    says: str = About(description="what the source states, in our words")


class PairOut(Published):
    """A pair, the city asked for first."""

    id: Id
    kind: Kind
    status: Status
    as_of: str | None = About(description="newest year in which a dated source speaks of the pair")
    since: PartialDate | None
    until: PartialDate | None
    fields: list[Field]
    disputed: bool
    confidence: Confidence
    distance_km: int = About(ge=0, description="great-circle distance")
    origin: str = About(description="which data has it: bundled, an installed layer, or the file of --data")
    cities: tuple[CityOut, CityOut]
    sources: list[StatementOut]
    note: Text | None


class CityCardOut(Published):
    """``show CITY``: a city and its pairs, newest facts first."""

    city: CityOut
    pairs: list[PairOut]


class CommonOut(Published):
    """A partner that two cities share."""

    city: CityOut
    pairs: tuple[Id, Id] = About(description="its pair with the first city, and with the second")


class PairCardOut(Published):
    """``show CITY CITY``: the pair, null where there is none, and the partners that both share."""

    pair: PairOut | None
    common: list[CommonOut]


class AnniversaryOut(PairOut):
    """``anniversaries``: a pair that reaches a round number of years."""

    date: PartialDate = About(description="when in the year asked for, as precise as the beginning is known")
    years: int = About(ge=1, description="how many years it reaches")
