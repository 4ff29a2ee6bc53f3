"""How the closed lists, dates and numbers are said to people, in the language spoken."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from twincli.i18n import N_, _, language, ngettext, pick, said_in
from twincli.text import fold
from twincli.vocabulary import Confidence, ConfidenceReason, EntryType, Field, Kind, Language, Level, SourceKind, Status

if TYPE_CHECKING:
    from twincli.records import Bilingual, CityRecord

_Member = TypeVar("_Member", bound=StrEnum)
# By list first: values of different lists are equal where they have the same text.
_LABELS: Mapping[type[StrEnum], Mapping[str, str]] = {
    Kind: {
        Kind.SISTER: N_("sister city"),
        Kind.FRIENDSHIP: N_("friendship city"),
        Kind.INTENT: N_("letter of intent"),
        Kind.PROJECT: N_("project"),
        Kind.BORDER: N_("border twin"),
        Kind.CONURBATION: N_("conurbation"),
        Kind.CAPITAL: N_("twin capital"),
    },
    Status: {
        Status.ACTIVE: N_("active"),
        Status.DORMANT: N_("dormant"),
        Status.SUSPENDED: N_("suspended"),
        Status.ENDED: N_("ended"),
        Status.UNKNOWN: N_("unknown"),
    },
    Field: {
        Field.CULTURE: N_("culture"),
        Field.EDUCATION: N_("education"),
        Field.YOUTH: N_("youth"),
        Field.ECONOMY: N_("economy"),
        Field.TRADE: N_("trade"),
        Field.TOURISM: N_("tourism"),
        Field.TECHNOLOGY: N_("technology"),
        Field.SMART_CITY: N_("smart city"),
        Field.ENVIRONMENT: N_("environment"),
        Field.WATER: N_("water"),
        Field.PORT: N_("port"),
        Field.TRANSPORT: N_("transport"),
        Field.URBAN_PLANNING: N_("urban planning"),
        Field.HEALTH: N_("health"),
        Field.SPORTS: N_("sports"),
        Field.PEACE: N_("peace"),
        Field.GOVERNANCE: N_("governance"),
        Field.DISASTER: N_("disaster relief"),
        Field.AGRICULTURE: N_("agriculture"),
        Field.SCIENCE: N_("science"),
        Field.HUMANITARIAN: N_("humanitarian aid"),
        Field.SECURITY: N_("security"),
        Field.CREATIVE_ECONOMY: N_("creative economy"),
        Field.ENERGY: N_("energy"),
    },
    Level: {
        Level.CITY: N_("city"),
        Level.DISTRICT: N_("district"),
        Level.REGION: N_("region"),
    },
    SourceKind: {
        SourceKind.OFFICIAL: N_("official"),
        SourceKind.PARTNER: N_("partner body"),
        SourceKind.PRESS: N_("press"),
        SourceKind.ACADEMIC: N_("academic"),
        SourceKind.ENCYCLOPEDIA: N_("encyclopedia"),
        SourceKind.OTHER: N_("other"),
    },
    Confidence: {
        Confidence.HIGH: N_("high"),
        Confidence.MEDIUM: N_("medium"),
        Confidence.LOW: N_("low"),
    },
    EntryType: {
        EntryType.CITY: N_("city"),
        EntryType.COUNTRY: N_("country"),
        EntryType.REGION: N_("region of the world"),
        EntryType.FIELD: N_("field"),
        EntryType.TOPIC: N_("topic"),
        EntryType.PAIR: N_("pair"),
        EntryType.SOURCE: N_("source"),
    },
    ConfidenceReason: {
        ConfidenceReason.OFFICIAL: N_("an official source states it"),
        ConfidenceReason.INDEPENDENT: N_("two or more independent publishers state it"),
        ConfidenceReason.DISPUTED: N_("well attested, but the sources disagree on a point that matters"),
        ConfidenceReason.SINGLE: N_("one publisher states it, and no official source"),
        ConfidenceReason.UNWITNESSED: N_("only encyclopedias, copies, blogs or forums name it"),
    },
}

_MONTHS = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)


def label(enumeration: type[StrEnum], value: str) -> str:
    """Return how a value of a closed list is said; a value of a later version is said as it is."""
    labels = _LABELS[enumeration]
    return _(labels[value]) if value in labels else value


@cache
def both_labels(enumeration: type[StrEnum], value: str) -> Bilingual:
    """Return how a value of a closed list is said in both languages."""
    message = _LABELS[enumeration][value]
    return {"en": message, "id": said_in(Language.ID, message)}


@cache
def by_label(enumeration: type[_Member]) -> dict[str, _Member]:
    """Return each value of a closed list by how it is said in either language, and by itself, all folded."""
    said = ((member, both_labels(enumeration, member)) for member in enumeration)
    return {fold(name): member for member, labels in said for name in (member, labels["en"], labels["id"])}


def value_called(label: str, values: Collection[str]) -> str | None:
    """Return the value of the closed list with these values that is said so in either language."""
    lists = (enumeration for enumeration in _LABELS if set(enumeration) == set(values))
    return next((by_label(enumeration).get(fold(label)) for enumeration in lists), None)


def long_date(partial: str) -> str:
    """Return a date of reduced precision in words: 1986, May 1986 or 12 May 1986."""
    year, *rest = partial.split("-")
    words = [_(_MONTHS[int(rest[0]) - 1])] if rest else []
    if len(rest) > 1:
        words.insert(0, str(int(rest[1])))
    return " ".join([*words, year])


def short_date(partial: str) -> str:
    """Return a date of reduced precision without its year where it has more than that: 2027, May or 12 May."""
    return long_date(partial).removesuffix(f" {partial[:4]}")


def number(value: int) -> str:
    """Return a whole number with its thousands set apart."""
    grouped = f"{value:,}"
    return grouped.replace(",", ".") if language() is Language.ID else grouped


def pair_count(count: int) -> str:
    """Return how many pairs: 1 pair, 4,343 pairs."""
    return ngettext("{count} pair", "{count} pairs", count).format(count=number(count))


def shown_of(shown: int, total: int) -> str:
    """Return how many pairs there are, and how many of them are shown where a limit holds some back."""
    if shown == total:
        return pair_count(total)
    return _("{shown} of {total} pairs (--limit 0 shows all)").format(shown=number(shown), total=number(total))


def city_count(count: int) -> str:
    """Return how many cities: 1 city, 2,663 cities."""
    return ngettext("{count} city", "{count} cities", count).format(count=number(count))


def country_count(count: int) -> str:
    """Return how many countries: 1 country, 186 countries."""
    return ngettext("{count} country", "{count} countries", count).format(count=number(count))


def decimal(value: float, places: int) -> str:
    """Return a decimal number, with a comma in Indonesian."""
    text = f"{value:.{places}f}"
    return text.replace(".", ",") if language() is Language.ID else text


def percent(share: float) -> str:
    """Return a part of one in per cent: 12.5%."""
    return f"{decimal(share * 100, 1)}%"


def city_name(city: CityRecord) -> str:
    """Return a city's name in the language spoken."""
    return city["names"].get("id", city["name"]) if language() is Language.ID else city["name"]


def country_name(city: CityRecord) -> str:
    """Return the name of a city's country in the language spoken."""
    return pick(city["country_name"])[0]


def city_and_country(city: CityRecord) -> str:
    """Return a city's name and that of its country: Surakarta, Indonesia."""
    return f"{city_name(city)}, {country_name(city)}"


def status_and_year(status: str, as_of: str | None) -> str:
    """Return a status with the year in which it was last attested: active (2019)."""
    shown = label(Status, status)
    return f"{shown} ({as_of})" if as_of else shown


def coordinates(lat: float, lon: float) -> str:
    """Return a place in degrees, WGS 84: 6.18° S, 106.83° E."""
    # Translators: the letters of the four points of the compass, as they follow a number of degrees
    north_south = _("N") if lat >= 0 else _("S")
    east_west = _("E") if lon >= 0 else _("W")
    return f"{decimal(abs(lat), 2)}° {north_south}, {decimal(abs(lon), 2)}° {east_west}"
