"""The records in flight, as they stand in the index's JSON documents; docs/data.md describes each key.

Where the same shape is published as a schema, the Pydantic models in ``dataset/`` are its definition.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict


class Bilingual(TypedDict):
    """Text for people; the Indonesian version may be missing."""

    en: str
    id: NotRequired[str]


class CityNames(TypedDict, total=False):
    """Other names of a city."""

    id: str
    native: list[str]
    former: list[str]
    also: list[str]


class CityRecord(TypedDict):
    """A city; ``lat`` and ``lon`` in degrees, WGS 84."""

    id: str
    name: str
    names: CityNames
    country: str
    country_name: Bilingual
    admin: str | None
    admin_name: Bilingual | None
    level: str
    lat: float
    lon: float


class PlaceRecord(TypedDict):
    """A city or a country as one end of a chain."""

    type: Literal["city", "country"]
    id: str
    """Of the city, or the country's ISO code."""
    name: Bilingual
    country: str


class SourceRecord(TypedDict):
    """A source and what it says of the pair."""

    id: str
    title: str
    publisher: str
    url: str
    lang: str
    date: str | None
    kind: str
    mirror: NotRequired[bool]
    blog: NotRequired[bool]
    says: str


class PairRecord(TypedDict):
    """A pair, the city asked for first; dates are ISO 8601, as precise as known."""

    id: str
    kind: str
    status: str
    as_of: str | None
    since: str | None
    until: str | None
    fields: list[str]
    disputed: bool
    confidence: str
    distance_km: int
    origin: str
    cities: tuple[CityRecord, CityRecord]
    sources: list[SourceRecord]
    note: Bilingual | None


class AnniversaryRecord(PairRecord):
    """A pair that reaches a round number of years."""

    date: str
    """In the year asked for, as precise as the beginning is known."""
    years: int


class NoteSource(TypedDict):
    """A source of a concept note, cited by its place in the list, from 1."""

    title: str
    publisher: str
    url: str
    lang: str
    date: NotRequired[str]
    kind: str
    mirror: NotRequired[bool]
    blog: NotRequired[bool]


class TopicRecord(TypedDict):
    """A concept note in a list of topics."""

    id: str
    title: Bilingual
    summary: Bilingual
    aliases: list[str]


class NoteRecord(TopicRecord):
    """A concept note; the body is Markdown."""

    body: Bilingual
    see_also: list[str]
    examples: list[str]
    sources: list[NoteSource]


PlaceType = Literal["country", "region", "city"]
