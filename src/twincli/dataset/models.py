"""The shape of the data files: cities, sources and pairs, countries and concept notes.

Every model forbids unknown keys and refuses text that could act on a terminal, so that whatever has been loaded is
safe to show.
"""

from __future__ import annotations

import re
from datetime import date as calendar_date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, FailFast, StringConstraints
from pydantic import Field as About

from twincli.dataset.problems import Reason
from twincli.i18n import N_
from twincli.text import is_unsafe
from twincli.vocabulary import Field, Kind, Level, SourceKind, Status

_PARTIAL_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def _refuse_unsafe(text: str) -> str:
    # Nearly every text is printable as a whole, which is told a hundred times faster than letter by letter.
    for letter in () if text.isprintable() else text:
        if is_unsafe(letter):
            raise ValueError(Reason(N_("holds the invisible or control character U+{code:04X}"), code=ord(letter)))
    if text != text.strip():
        raise ValueError(Reason(N_("begins or ends with a space")))
    return text


def _require_real_date(text: str) -> str:
    match = _PARTIAL_DATE.fullmatch(text)
    if not match:
        raise ValueError(Reason(N_("is not a date: write 1986, 1986-05 or 1986-05-12")))
    year, month, day = int(match[1]), int(match[2] or 1), int(match[3] or 1)
    try:
        calendar_date(year, month, day)
    except ValueError:
        raise ValueError(Reason(N_("is a date that does not exist: {text}"), text=text)) from None
    return text


def _require_address(text: str) -> str:
    # A file that somebody imported without saying where it comes from; ``data check`` warns of it.
    return text if re.fullmatch(r"file:///\S+", text) else _require_web_address(text)


def _require_web_address(text: str) -> str:
    if not re.match(r"https?://[^/\s]+", text):
        raise ValueError(Reason(N_("is not a web address that begins with http:// or https://")))
    if re.search(r"\s", text):
        raise ValueError(Reason(N_("is a web address with a space in it")))
    return text


Line = Annotated[str, StringConstraints(min_length=1, max_length=2000), AfterValidator(_refuse_unsafe)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(_refuse_unsafe)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=200)]
PartialDate = Annotated[str, AfterValidator(_require_real_date)]
WebAddress = Annotated[Line, AfterValidator(_require_web_address)]
Address = Annotated[Line, AfterValidator(_require_address)]
CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
RegionCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{3}$")]
LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$")]


class Record(BaseModel):
    """What all records of the data files have in common."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


class Bilingual(Record):
    """Text for people; id is absent where there is no Indonesian version."""

    en: Line
    id: Line | None = None


class CityNames(Record):
    """Other names of a city than its English one."""

    id: Name | None = About(None, description="the Indonesian name, where it differs from the English one")
    native: tuple[Name, ...] = About((), description="names in the city's own languages")
    former: tuple[Name, ...] = About((), description="names that the city has borne before")
    also: tuple[Name, ...] = About((), description="other spellings that people type")


class City(Record):
    """A city, a district of one, or a region that is twinned as a whole."""

    id: Id = About(description="stable and readable, from name and country: jakarta-id")
    name: Name = About(description="the common English name, with its diacritics")
    names: CityNames = CityNames()
    country: CountryCode = About(description="ISO 3166-1 alpha-2 code of today's country")
    admin: Name | None = About(None, description="the province, state or county around it, in English")
    level: Level = About(description="city, district or region")
    lat: float = About(ge=-90, le=90, description="latitude in degrees, WGS 84")
    lon: float = About(ge=-180, le=180, description="longitude in degrees, WGS 84")
    geonames: int | None = About(None, gt=0, lt=10**10, description="GeoNames id, where there is one")


class Source(Record):
    """A publication in which something was read."""

    id: Id
    title: Line
    publisher: Line
    url: Address = About(description="where it can be read; file:///… for an imported file of unknown origin")
    lang: LanguageCode = About(description="language of the publication, ISO 639")
    date: PartialDate | None = About(None, description="date of publication, as precise as known")
    kind: SourceKind = About(description="who speaks: " + ", ".join(SourceKind))
    mirror: bool = About(False, description="a copy on a site that is not the publisher's")
    blog: bool = About(False, description="a blog or a forum")


class Statement(Record):
    """What one source says of a pair, in our words."""

    source: Id = About(description="id of the source")
    says: Line


class Pair(Record):
    """Two cities and what ties them."""

    id: Id = About(description="stable and readable, from both cities: jakarta-rotterdam")
    cities: tuple[Id, Id] = About(description="the ids of both cities, sorted")
    kind: Kind
    status: Status
    since: PartialDate | None = About(None, description="when it began: a year, a month or a day")
    until: PartialDate | None = About(None, description="when it ended or was suspended")
    fields: tuple[Field, ...] = ()
    sources: tuple[Statement, ...] = About(min_length=1)
    disputed: bool = About(False, description="whether sources disagree on something that matters")
    note: Bilingual | None = None


class Dataset(Record):
    """One data file: everything known of some pairs of cities."""

    format: Literal[1] = About(description="version of this layout")
    title: Line
    date: PartialDate = About(description="when the data was last revised")
    licence: Line
    attribution: Line | None = None
    # Only the first wrong record is found, or the memory would grow with their number; reader.py looks at each.
    cities: Annotated[tuple[City, ...], FailFast()]
    sources: Annotated[tuple[Source, ...], FailFast()]
    pairs: Annotated[tuple[Pair, ...], FailFast()]


class Names(Record):
    """A name in both languages."""

    en: Name
    id: Name


class Country(Record):
    """A country or territory of ISO 3166-1 and what people call it."""

    code: CountryCode
    alpha3: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    region: RegionCode = About(description="UN M49 code of the subregion")
    name: Names
    native: tuple[Name, ...] = ()
    also: tuple[Name, ...] = ()
    former: tuple[Name, ...] = ()
    part_of: tuple[Name, ...] = About((), description="parts of it that people take for the country")
    chosen: tuple[Literal["en", "id"], ...] = About((), description="names that deliberately differ from CLDR's")


class Region(Record):
    """A continent or a subregion of the UN's M49."""

    code: RegionCode
    parent: RegionCode | None
    name: Names


class Admin(Record):
    """A province or state whose Indonesian name differs from the English one."""

    country: CountryCode
    name: Names


class Gazetteer(Record):
    """Countries, regions and provinces with their names."""

    licence: Line
    countries: tuple[Country, ...]
    regions: tuple[Region, ...]
    admins: tuple[Admin, ...]


class NoteSource(Record):
    """A source of a concept note, cited in its text by its place in the list, counted from 1."""

    title: Line
    publisher: Line
    url: WebAddress
    lang: LanguageCode
    date: PartialDate | None = None
    kind: SourceKind
    mirror: bool = False
    blog: bool = False


class NoteFront(Record):
    """The front matter that a concept note has in every language."""

    title: Line
    summary: Line
    aliases: tuple[Name, ...] = About(min_length=1, description="what people may type for the topic")


class EnglishNoteFront(NoteFront):
    """The front matter of the English file, which also holds what serves both languages."""

    see_also: tuple[Id, ...] = ()
    examples: tuple[Id, ...] = About((), description="ids of pairs that show the concept")
    sources: tuple[NoteSource, ...] = About(min_length=1)


SECTIONS: dict[str, type[City | Source | Pair]] = {"cities": City, "sources": Source, "pairs": Pair}
"""The lists of a data file in their order, and what each is a list of."""
