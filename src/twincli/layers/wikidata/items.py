"""A city as Wikidata describes it, gathered from the rows that speak of it, and one answer where there are several."""

from __future__ import annotations

from collections.abc import Container, Mapping, Set
from contextlib import suppress

from twincli.dataset.problems import Refusal
from twincli.i18n import N_
from twincli.layers.rows import RawCity
from twincli.layers.values import geonames_id, point
from twincli.layers.wikidata.answers import Row

ITEM_PAGE = "https://www.wikidata.org/wiki/"


class Unusable(Refusal):
    """An item from which no city can be made."""


class Item:
    """What the rows say of one item. Several values of a kind are kept in the order in which they came."""

    __slots__ = ("countries", "english", "every", "geonames", "indonesian", "key", "own", "points")

    def __init__(self, key: str) -> None:
        self.key = key
        self.english = self.indonesian = self.every = ""
        self.points: tuple[str, ...] = ()
        self.geonames: tuple[str, ...] = ()
        self.own: tuple[str, ...] = ()
        self.countries: tuple[tuple[str, str], ...] = ()
        """The code and the name of each country, one of them empty where it has none."""

    def take(self, row: Row, end: str) -> None:
        """Take in what a row says of the item at this end of it."""
        value = row.get
        self.english = value(f"{end}En") or self.english
        self.indonesian = value(f"{end}Id") or self.indonesian
        self.every = value(f"{end}Mul") or self.every
        for name in ("points", "geonames", "own"):
            said = value(f"{end}{_COLUMNS[name]}")
            if said and said not in getattr(self, name):
                setattr(self, name, (*getattr(self, name), said))
        country = value(f"{end}Code") or "", value(f"{end}CountryName") or ""
        if any(country) and country not in self.countries:
            self.countries = (*self.countries, country)

    @property
    def name(self) -> str:
        """The label in English, else the one for all languages, else in Indonesian; empty without any."""
        return self.english or self.every or self.indonesian

    def __str__(self) -> str:
        return f"{self.name} ({self.key})" if self.name else self.key


_COLUMNS = {"points": "Point", "geonames": "Geonames", "own": "Own"}


def city_of(
    item: Item, *, today: Mapping[str, str], sovereigns: Mapping[str, Set[str]], known: Container[int]
) -> RawCity:
    """Return an item as a city. Raises Unusable.

    ``today`` has the name of each of today's countries by its code, ``sovereigns`` for a territory's code those of the
    countries that it belongs to, ``known`` the GeoNames ids of cities that are known already.
    """
    if not item.name:
        raise Unusable(N_("{item} has no label in English or Indonesian"), item=item.key)
    lat, lon = _coordinates(item)
    return RawCity(
        name=item.name,
        country=_country(item, today, sovereigns),
        lat=lat,
        lon=lon,
        geonames=_geonames(item, known),
        names=(("id", item.indonesian),) if item.indonesian not in {"", item.name} else (),
        key=ITEM_PAGE + item.key,
    )


def _country(item: Item, today: Mapping[str, str], sovereigns: Mapping[str, Set[str]]) -> str:
    """Return the name of the country that an item lies in: ours, or Wikidata's where that has no code of today for it.

    Not the code, which may be a short form of another country's name too: AS is American Samoa, and Amerika Serikat.
    """
    own = sorted(code for code in item.own if code in today)
    if own:
        return today[own[0]]
    codes = {code for code, __ in item.countries if code in today}
    # A territory with a code of its own is more exact than the country that it belongs to.
    above = {whole for code in codes for whole in sovereigns.get(code, ())}
    exact = sorted(codes - above) or sorted(codes)
    if len(exact) == 1:
        return today[exact[0]]
    if exact:
        countries = ", ".join(today[code] for code in exact)
        raise Unusable(N_("{item} lies in several countries: {names}"), item=str(item), names=countries)
    names = sorted({name or code for code, name in item.countries})
    if len(names) == 1:
        return names[0]
    if names:
        raise Unusable(N_("{item} lies in no country of today"), item=str(item))
    raise Unusable(N_("{item} has no country"), item=str(item))


def _coordinates(item: Item) -> tuple[float, float] | tuple[None, None]:
    for text in sorted(item.points):
        with suppress(Refusal):
            if place := point(text, "point"):
                return place
    return None, None


def _geonames(item: Item, known: Container[int]) -> int | None:
    """Return the item's GeoNames id: of several one that is known, for the city and not, say, its municipality."""
    ids = sorted(number for text in item.geonames if (number := geonames_id(text)))
    return next((number for number in ids if number in known), ids[0] if ids else None)
