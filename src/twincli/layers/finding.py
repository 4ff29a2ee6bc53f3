"""Which city a row of a file means.

By its key within the file, by its GeoNames id, else by name, country and nearness, first among the cities known
already, then among those of the file. One without coordinates must be a city that is known.
"""

from __future__ import annotations

import re
from marshal import dumps
from typing import TypeVar

from pydantic import ValidationError

from twincli.dataset.matching import NEAR_KM, names_of
from twincli.dataset.models import City, CityNames
from twincli.dataset.problems import Refusal, reason_of
from twincli.i18n import N_
from twincli.layers.countries import CountryNames
from twincli.layers.known import Known
from twincli.layers.register import ADD_CITY, ADD_NAME, BY_GEONAMES, BY_KEY, BY_KNOWN, FILL_CITY, Bearer, Register
from twincli.layers.rows import RawCity
from twincli.layers.values import MAX_NAME, shortened, tidy
from twincli.text import clean, fold
from twincli.vocabulary import Level

# How many different cities are remembered as they were written, so that a repeated one costs next to nothing: 60 MB.
_REMEMBERED = 300_000

_ITEM = re.compile(r"Q[0-9]+")

_Bearing = TypeVar("_Bearing", City, Bearer)


class Waits(Exception):
    """What a city is can be told only when all rows have been read."""


class CityFinder:
    """Gives each city of a file its number in the register."""

    def __init__(self, register: Register, countries: CountryNames, known: Known) -> None:
        self._register = register
        self._countries = countries
        self._known = known
        self._remembered: dict[bytes, int] = {}
        self.is_last = False
        """Whether all rows have been read, so that nothing can wait any longer."""
        self.elsewhere = Known()
        """Cities that only those without coordinates are looked up in."""

    def find(self, raw: RawCity) -> int:
        """Return the number of the city that a row names. Raises Waits or Refusal."""
        as_written = dumps(tuple(raw))
        number = self._remembered.get(as_written)
        if number is None:
            number = self._find(raw)
            if len(self._remembered) >= _REMEMBERED:
                self._remembered.clear()
            self._remembered[as_written] = number
        return number

    def _find(self, raw: RawCity) -> int:
        raw = raw._replace(key=clean(raw.key) if raw.key else None, id=clean(raw.id) if raw.id else None)
        if raw.key and (row := self._register.one(BY_KEY, raw.key)):
            return int(row[0])
        raw = self._tidied(raw)
        lat, lon = self._place(raw)
        country, raw = self._country(raw, lat, lon)
        if lat is None or lon is None:
            return self._find_without_place(raw, country)
        city = _checked(raw, country, lat, lon)
        same = self._known.match(city)
        number = self._same(city, raw.key, same.id if same else None)
        return self._add(city, raw, same.id if same else None) if number is None else number

    def _tidied(self, raw: RawCity) -> RawCity:
        name = tidy(raw.name)
        if not fold(name):
            raise Refusal(N_("a city without a name"))
        if max(len(name), len(raw.country)) > MAX_NAME:
            raise Refusal(N_("a name of more than {limit} letters"), limit=MAX_NAME)
        if _ITEM.fullmatch(name):
            # What Wikidata gives where an item has no label in the languages asked for.
            raise Refusal(N_("a city of which nothing but {key} is known"), key=name)
        country, admin = tidy(raw.country), tidy(raw.admin) or None if raw.admin else None
        before, __, after = (part.strip() for part in name.partition(","))
        is_known = bool(self._known.bearers(fold(name), self._countries.meant(country).code or ""))
        if before and after and "," not in after and country and not admin and not is_known:
            # Encyclopedias tell cities of one name apart by what follows: "Suzhou, Jiangsu".
            name, admin = before, None if self._countries.meant(after).code else after
        return raw._replace(name=name, country=country, admin=admin)

    @staticmethod
    def _place(raw: RawCity) -> tuple[float | None, float | None]:
        """Return latitude and longitude, both or neither; 0, 0 in the ocean is what programs write for neither."""
        if (raw.lat is None and raw.lon is None) or raw.lat == raw.lon == 0:
            return None, None
        if raw.lat is None or raw.lon is None:
            raise Refusal(N_("half of the coordinates of {city} are missing"), city=shortened(raw.name))
        for value, limit in ((raw.lat, 90), (raw.lon, 180)):
            if not -limit <= value <= limit:
                message = N_("coordinates out of range: {lat}, {lon}")
                raise Refusal(message, lat=f"{raw.lat:g}", lon=f"{raw.lon:g}")
        return raw.lat, raw.lon

    def _country(self, raw: RawCity, lat: float | None, lon: float | None) -> tuple[str, RawCity]:
        """Return the code of a city's country, and the city with what else the file's word for it told."""
        if not raw.country:
            raw = self._without_country(raw)
        meant = self._countries.meant(raw.country)
        if meant.code:
            return meant.code, raw._replace(admin=raw.admin or meant.admin)
        if lat is not None and lon is not None:
            if not self.is_last:
                raise Waits
            if code := self._country_by_place(raw.name, lat, lon, meant.codes):
                return code, raw
        raise self._no_country(raw)

    def _without_country(self, raw: RawCity) -> RawCity:
        """Return a city whose cell holds more than a name, such as "Varna, Bulgaria", with its country."""
        before, __, last = raw.name.rpartition(",")
        if before and self._countries.meant(last.strip()).code:
            return raw._replace(name=before.strip(), country=last.strip())
        if self._countries.meant(raw.name).code:
            # A country or territory that is twinned as a whole, such as the Falkland Islands.
            return raw._replace(country=raw.name, level=Level.REGION)
        return raw

    def _country_by_place(self, name: str, lat: float, lon: float, codes: tuple[str, ...]) -> str | None:
        """Return the country of the nearest city of the same name, where there is one near."""
        key = fold(name)
        near = self._known.near(key, lat, lon) + self.elsewhere.near(key, lat, lon)
        near += [(bearer.km_from(lat, lon), bearer.country) for bearer in self._register.near({key}, None, lat, lon)]
        found = sorted(entry for entry in near if not codes or entry[1] in codes)
        return found[0][1] if found and found[0][0] <= NEAR_KM else None

    def _no_country(self, raw: RawCity) -> Refusal:
        shown, meant = shortened(raw.country), self._countries.meant(raw.country)
        if not raw.country:
            return Refusal(N_("no country given"))
        if meant.is_dissolved:
            return Refusal(N_("{country} no longer exists: name the country of today"), country=shown)
        if meant.codes:
            names = ", ".join(self._countries.english(code) for code in meant.codes)
            return Refusal(N_('"{country}" names several countries: {names}'), country=shown, names=names)
        if close := self._countries.nearest(raw.country):
            return Refusal(N_('no country called "{country}": {close}?'), country=shown, close=close)
        return Refusal(N_('no country called "{country}"'), country=shown)

    def _find_without_place(self, raw: RawCity, country: str) -> int:
        """Return the number of a city of which the file does not say where it lies."""
        key = fold(raw.name)
        if city := self._only(self._known.bearers(key, country, raw.geonames), raw):
            number = self._same(city, raw.key, city.id)
            return self._add(city, raw, city.id) if number is None else number
        if not self.is_last:
            raise Waits
        bearers = {bearer.number: bearer for bearer in self._register.bearers(key, country)}
        if bearer := self._only(list(bearers.values()), raw):
            return bearer.number
        if city := self._only(self.elsewhere.bearers(key, country, raw.geonames), raw):
            number = self._same(city, raw.key, None)
            return self._add(city, raw._replace(id=city.id), None) if number is None else number
        message = N_("{city} ({country}) is not known, and the file gives no coordinates")
        if raw.lat == raw.lon == 0:
            message = N_("{city} ({country}) is not known, and its coordinates of 0, 0 stand for none")
        raise Refusal(message, city=shortened(raw.name), country=self._countries.english(country))

    def _only(self, found: list[_Bearing], raw: RawCity) -> _Bearing | None:
        """Return the one city that a name means, None where there is none. Raises Refusal where there are several."""
        if len(found) > 1 and raw.admin:
            found = [bearer for bearer in found if bearer.admin and fold(bearer.admin) == fold(raw.admin)] or found
        if len(found) > 1:
            raise Refusal(
                N_("several cities are called {city}: give its province or coordinates"), city=shortened(raw.name)
            )
        return found[0] if found else None

    def _same(self, city: City, key: str | None, known: str | None) -> int | None:
        """Return the number of the city of the file that this is, None where it is new."""
        if known:
            row = self._register.one(BY_KNOWN, known)
        else:
            row = self._register.one(BY_GEONAMES, city.geonames) if city.geonames is not None else None
        number = int(row[0]) if row else None
        if number is None and not known:
            names = {fold(name) for name in names_of(city)}
            number = self._register.match(names, city.country, city.lat, city.lon, city.geonames)
        if number is not None:
            self._register.do(FILL_CITY, key, city.geonames, city.admin, number)
        return number

    def _add(self, city: City, raw: RawCity, known: str | None) -> int:
        names = city.names.model_dump_json(exclude_defaults=True)
        number = self._register.add(
            ADD_CITY, raw.key, city.geonames, known, raw.id, city.name, names, city.country, city.admin, city.level,
            city.lat, city.lon,
        )  # fmt: skip
        assert number is not None
        for name in {fold(name) for name in names_of(city)}:
            self._register.do(ADD_NAME, name, city.country, number, city.lat, city.lon)
        return number


_OTHER_NAMES = ("native", "former", "also")


def _checked(raw: RawCity, country: str, lat: float, lon: float) -> City:
    """Return a city as a record. Raises Refusal where it cannot be one."""
    try:
        return City(
            id="x",  # it gets its own when all are known
            name=raw.name,
            names=_other_names(raw),
            country=country,
            admin=raw.admin,
            level=Level(raw.level) if raw.level in set(Level) else Level.CITY,
            lat=lat,
            lon=lon,
            geonames=raw.geonames,
        )
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        field = ".".join(str(step) for step in detail["loc"])
        raise Refusal(N_("{field} {reason}"), field=field, reason=reason_of(detail)) from None


def _other_names(raw: RawCity) -> CityNames:
    """Return a city's other names; those of languages that have no place of their own are spellings."""
    found: dict[str, list[str]] = {key: [] for key in _OTHER_NAMES}
    local: str | None = None
    seen = {raw.name}
    for language, text in raw.names:
        name = tidy(text)
        if name and name not in seen and len(name) <= MAX_NAME:
            if language == "id" and local is None:
                local = name
            else:
                found[language if language in _OTHER_NAMES else "also"].append(name)
            seen.add(name)
    return CityNames(id=local, **{key: tuple(names) for key, names in found.items()})
