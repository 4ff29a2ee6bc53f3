"""From what people type to the places meant, by any name, former or current, with or without diacritics."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from twincli.command_lines import quoted
from twincli.errors import Ambiguous, BadUsage, NotFound
from twincli.i18n import _, spoken
from twincli.index.schema import Tier
from twincli.index.store import Index
from twincli.query import statements
from twincli.query.places import City, Country, Places
from twincli.text import clean, fold

if TYPE_CHECKING:
    from twincli.records import PlaceType

# "Springfield, Sangamon, Illinois, USA" has three; no name has more, and each is looked up within what is before it.
_MOST_COMMAS = 3


class Lookup:
    """A series of lookups in one index; collects what the reader should know about how names were understood."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.remarks: list[str] = []

    # --- countries and regions ---------------------------------------------------------------------------------

    def country(self, text: str) -> str:
        """Return the code of the country called so. Raises NotFound or Ambiguous."""
        bearers = self._all(text, "country")
        found = _lowest(bearers)
        if not found:
            raise self._unknown(text, "country")
        if len(found) > 1:
            heading = _('"{name}" names {count} countries. Say which:').format(name=clean(text), count=len(found))
            raise Ambiguous(heading, details=[f"{code}  {self.country_name(code)}" for code in sorted(found)])
        (code, tier), *__ = found.items()
        self._remark_on_country(text, code, tier, is_shared=len(bearers) > 1)
        return code

    def region(self, text: str) -> str:
        """Return the UN M49 code of the continent or subregion called so. Raises NotFound."""
        found = self._best(text, "region")
        if not found:
            raise self._unknown(text, "region")
        return min(found)

    def country_name(self, code: str) -> str:
        """Return a country's name in the language spoken."""
        row = self.index.connection.execute(statements.COUNTRY, (code,)).fetchone()
        return spoken(*row) if row else code

    def region_name(self, code: str) -> str:
        """Return a region's name in the language spoken."""
        row = self.index.connection.execute(statements.REGION, (code,)).fetchone()
        return spoken(*row) if row else code

    def _remark_on_country(self, text: str, code: str, tier: Tier, *, is_shared: bool) -> None:
        shown = self.country_name(code)
        if tier is Tier.PART:
            remark = _("Note: {name} is a part of {country}; all of {country} is meant here.")
        elif (tier is not Tier.ID or is_shared) and fold(text) != fold(shown):
            remark = _("Note: {name} = {country}")
        else:
            return
        self.remarks.append(remark.format(name=clean(text), country=shown))

    # --- cities ------------------------------------------------------------------------------------------------

    def cities(self, text: str, *, option: str = "") -> list[City]:
        """Return every city called so, sorted by id. Raises NotFound.

        Of several an ``option`` takes all, and the reader is told how it names one alone.
        """
        found = self._find_cities(text)
        if not found:
            raise self._unknown(text, "city")
        return self._told_of(text, found, option)

    def _told_of(self, text: str, found: Mapping[str, Tier], option: str = "") -> list[City]:
        cities = [self.city_by_id(target) for target in sorted(found)]
        if len(cities) == 1:
            self._remark_on_city(text, cities[0], found[cities[0].id])
        elif cities and option:
            remark = _('Note: "{name}" names {count} cities; all are shown. One alone:')
            self.remarks.append(remark.format(name=clean(text), count=len(cities)))
            self.remarks += [f"  {option} {line}" for line in self.choices(cities)]
        return cities

    def city(self, text: str) -> City:
        """Return the one city called so. Raises NotFound, or Ambiguous with a way to name each."""
        return self.only(self.cities(text), text)

    def only(self, cities: Sequence[City], text: str) -> City:
        """Return the one city that a name has. Raises Ambiguous where there are more."""
        if len(cities) > 1:
            heading = _('"{name}" names {count} cities. Say which:').format(name=clean(text), count=len(cities))
            raise Ambiguous(heading, details=self.choices(cities))
        return cities[0]

    def choices(self, cities: Sequence[City]) -> list[str]:
        """Return a line for each city: the id that names it alone, and where it lies."""
        # Here, because only an ambiguous name needs it.
        from twincli.wording import pair_count

        width = max(len(city.id) for city in cities)
        lines = []
        for city in cities:
            place = ", ".join(part for part in (city.name, city.admin, city.country_name) if part)
            count = pair_count(city.pairs)
            lines.append(f"{city.id:<{width}}  {place} · {count}")
        return lines

    def city_by_id(self, target: str) -> City:
        """Return the city with this id, which must exist."""
        row = self.index.connection.execute(statements.CITY, (target,)).fetchone()
        number, id_, en, local, code, country_en, country_id, admin, local_admin, pairs, doc = row
        around = spoken(admin or "", local_admin or "") or None
        return City(number, id_, spoken(en, local), code, spoken(country_en, country_id), around, pairs, doc)

    def _find_cities(self, text: str) -> dict[str, Tier]:
        found = self._best(text, "city")
        if found or not 0 < text.count(",") <= _MOST_COMMAS:
            return found
        # "Toledo, Ohio" and "Toledo, Spain": a city's name, then its province or country.
        name, __, around = text.rpartition(",")
        candidates = self._all(name, "city") or self._find_cities(name)
        countries = self._best(around, "country")
        provinces = {row[0] for row in self.index.connection.execute(statements.ADMIN_CITIES, (fold(around),))}
        inside = {
            target: tier
            for target, tier in candidates.items()
            if target in provinces or self.city_by_id(target).country in countries
        }
        return _lowest(inside)

    def _remark_on_city(self, text: str, city: City, tier: Tier) -> None:
        if tier is Tier.FORMER:
            name = clean(text.split(",", maxsplit=1)[0].strip())
            remark = _("Note: {name} is a former name of {city}.").format(name=name, city=city)
            self.remarks.append(remark)

    # --- places of any sort ------------------------------------------------------------------------------------

    def place(self, text: str) -> Places:
        """Return the countries and cities called so, else the continent or region. Raises NotFound or Ambiguous."""
        countries = self._best(text, "country")
        cities = self._find_cities(text)
        regions = [] if countries or not self._best(text, "region") else [self.region(text)]
        if not (countries or cities or regions):
            raise self._unknown(text, "country", "city")
        codes = [self.country(text)] if countries else []
        found = self._told_of(text, cities, "" if codes or regions else "--with")
        if found and (codes or regions):
            names = ", ".join(str(city) for city in found)
            remark = _("Note: {name} is taken as the country and as the city {cities}.")
            if regions:
                remark = _("Note: {name} is taken as the region and as the city {cities}.")
            self.remarks.append(remark.format(name=clean(text), cities=names))
        return Places(codes, found, regions)

    def one_place(self, text: str) -> City | Country:
        """Return the one city or country called so; the more direct name decides, then the country of a city in it.

        Raises NotFound, or Ambiguous where a country and a city elsewhere bear the name.
        """
        countries, cities = self._best(text, "country"), self._find_cities(text)
        if not countries and not cities:
            raise self._unknown(text, "country", "city")
        as_country, as_city = _most_direct(countries), _most_direct(cities)
        if as_city < as_country:
            return self.city(text)
        code = self.country(text)
        found = [self.city_by_id(target) for target in sorted(cities)]
        if as_country == as_city and any(city.country != code for city in found):
            heading = _('"{name}" is a country and a city elsewhere. Say which:').format(name=clean(text))
            raise Ambiguous(heading, details=[f"{code}  {self.country_name(code)}", *self.choices(found)])
        if found:
            remark = _("Note: {name} is taken as the country; as a city it is {cities}.")
            self.remarks.append(remark.format(name=clean(text), cities=", ".join(city.id for city in found)))
        return Country(code, self.country_name(code))

    # --- what they share ---------------------------------------------------------------------------------------

    def _all(self, text: str, kind: PlaceType) -> dict[str, Tier]:
        rows = self.index.connection.execute(statements.NAMES, (fold(text),))
        return {target: Tier(tier) for type_, target, tier, __ in rows if type_ == kind}

    def _best(self, text: str, kind: PlaceType) -> dict[str, Tier]:
        return _lowest(self._all(text, kind))

    def _unknown(self, text: str, *kinds: PlaceType) -> NotFound | BadUsage:
        shown = clean(text)
        if not fold(text):
            return BadUsage(_("A name is needed where {name} stands.").format(name=f'"{shown}"'))
        messages: dict[tuple[PlaceType, ...], str] = {
            ("country",): _('No country called "{name}".'),
            ("region",): _('No continent or region called "{name}".'),
            ("city",): _('No city called "{name}".'),
            ("country", "city"): _('No country or city called "{name}".'),
        }
        message = messages[kinds].format(name=shown)
        other = self._elsewhere(text, kinds)
        if other:
            return NotFound(f"{message} {other}")
        rows = [
            (key, f"{kind} {target}", self._described(label, target, kind))
            for kind in kinds
            for key, label, target in self.index.connection.execute(statements.LABELS, (kind,))
        ]
        # Here, as below, because only a mistyped name needs it.
        from twincli.query.suggest import nearest

        close = nearest(fold(text), rows)
        return NotFound(f"{message} {did_you_mean(close)}".rstrip())

    def _described(self, label: str, target: str, kind: PlaceType) -> Callable[[], str]:
        """Return how a suggestion is worded, as a function, since only three of thousands are shown."""

        def describe() -> str:
            if kind != "city":
                return label
            from twincli.query.suggest import is_near

            city = self.city_by_id(target)
            # A spelling of its name stands for the name; a former name for itself, since that is what was typed.
            is_spelling = label == city.id or is_near(fold(label), fold(city.name))
            return f"{city.name if is_spelling else label} ({city.country_name})"

        return describe

    def _elsewhere(self, text: str, kinds: Sequence[PlaceType]) -> str:
        """Return a hint where the name is one of another sort: a country given as a city, or the other way round."""
        hints: dict[PlaceType, str] = {
            "country": _("It is a country: twincli list --country {name}"),
            "city": _("It is a city: twincli list --city {name}"),
            "region": _("It is a region: twincli list --region {name}"),
        }
        for kind, hint in hints.items():
            if kind not in kinds and self._all(text, kind):
                return hint.format(name=quoted(clean(text)))
        return ""


def _lowest(found: dict[str, Tier]) -> dict[str, Tier]:
    """Return the names of the most direct tier; all names that a place bears or bore count as one.

    So that Newcastle or Canton is not one city's alone, only because it is another's former name or short form.
    """
    best = _most_direct(found)
    return {target: tier for target, tier in found.items() if _rank(tier) == best}


def _most_direct(found: Mapping[str, Tier]) -> int:
    """Return the rank of the most direct tier, beyond them all where nothing is found."""
    return min(map(_rank, found.values()), default=len(Tier))


def _rank(tier: Tier) -> int:
    return Tier.NAME if tier in {Tier.FORMER, Tier.ALSO} else tier


def did_you_mean(names: Sequence[str]) -> str:
    """Return the sentence that offers the nearest names, or nothing where there are none."""
    if not names:
        return ""
    *others, listed = names
    if len(others) == 1:
        listed = _("{one} or {other}").format(one=others[0], other=listed)
    elif others:
        listed = _("{names} or {last}").format(names=", ".join(others), last=listed)
    return _("Did you mean {names}?").format(names=listed)
