"""What a name can stand for: cities, countries, regions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class City(NamedTuple):
    """A city as a result of a lookup."""

    number: int
    id: str
    name: str
    """In the language spoken."""
    country: str
    country_name: str
    """In the language spoken."""
    admin: str | None
    """The province or state around it, in the language spoken."""
    pairs: int
    doc: str
    """Its JSON document."""

    def __str__(self) -> str:
        return f"{self.name} ({self.country_name})"


class Country(NamedTuple):
    """A country as a result of a lookup."""

    code: str
    name: str
    """In the language spoken."""

    def __str__(self) -> str:
        return self.name


class Places(NamedTuple):
    """What a name of any sort can stand for."""

    countries: Sequence[str] = ()
    """Their codes."""
    cities: Sequence[City] = ()
    regions: Sequence[str] = ()
    """Their UN M49 codes."""
