"""What a reader hands on: pairs as a file states them, nothing judged yet, and rows that cannot be read."""

from __future__ import annotations

from typing import NamedTuple

from twincli.dataset.problems import Reason


class RawCity(NamedTuple):
    """A city as a file names it."""

    name: str
    country: str
    """Whatever the file says: a name in any language, or a code."""
    lat: float | None = None
    """Degrees, WGS 84."""
    lon: float | None = None
    geonames: int | None = None
    names: tuple[tuple[str, str], ...] = ()
    """Other names, each with its language, or with ``native``, ``former`` or ``also``."""
    admin: str | None = None
    key: str | None = None
    """What identifies the city within its file, such as the address of its Wikidata item."""
    level: str | None = None
    id: str | None = None
    """The id to have, where it is free."""


class RawSource(NamedTuple):
    """A source as a file names it; what is None is filled from the address."""

    url: str
    title: str | None = None
    publisher: str | None = None
    lang: str | None = None
    date: str | None = None
    kind: str | None = None
    mirror: bool = False
    blog: bool = False
    says: str | None = None
    """What it states of the pair."""
    id: str | None = None
    """The id to have, where it is free."""


class RawPair(NamedTuple):
    """A pair as a file states it."""

    line: int
    """Where it stands, counted from 1; for JSON the line on which the record begins."""
    one: RawCity
    other: RawCity
    since: str | None = None
    until: str | None = None
    urls: tuple[str, ...] = ()
    """Addresses of references of which nothing but the address is known."""
    no_urls: tuple[str, ...] = ()
    """What stands where references should, and is no address."""
    kind: str | None = None
    status: str | None = None
    fields: tuple[str, ...] = ()
    sources: tuple[RawSource, ...] = ()
    disputed: bool = False
    note: tuple[tuple[str, str], ...] = ()
    """The note in each language."""
    id: str | None = None
    """The id to have, where it is free."""


class Rejected(NamedTuple):
    """A row that cannot be taken, and why."""

    line: int
    reason: Reason
    text: str = ""
    """The row, shortened, so that it can be found again where line numbers have moved."""
