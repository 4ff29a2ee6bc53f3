"""Single values as files write them, put into the form that the data files have: names, dates, numbers, words."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from twincli.dataset.problems import Refusal
from twincli.i18n import N_
from twincli.text import fold, is_unsafe
from twincli.vocabulary import Kind, Status
from twincli.wording import by_label

# Invisible and without meaning in a name, but often copied along: zero-width spaces, direction marks, soft hyphens.
_STRAY = dict.fromkeys(map(ord, "\u00ad\u200b\u200e\u200f\u2060\ufeff"))
# As the models of the data files have them.
MAX_NAME, MAX_LINE = 200, 2000
_NO_NAME = frozenset({"", "-", "–", "—", "?", "n/a", "n.a.", "null", "unknown", "not known", "#n/a", "tbd"})
_NOTHING = _NO_NAME | {"na", "nan", "none"}


def tidy(text: str) -> str:
    """Return a text in Unicode's composed form, without stray marks, with single spaces only.

    Raises Refusal where it holds a character that could act on a terminal.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split()) if "  " in text else text.strip()
    composed = " ".join(unicodedata.normalize("NFC", text.translate(_STRAY)).split())
    for letter in composed:
        if letter == "\ufffd":
            raise Refusal(N_("holds bytes that are no UTF-8 text: {name}"), name=shortened(composed))
        if is_unsafe(letter):
            raise Refusal(N_("holds the invisible or control character U+{code:04X}"), code=ord(letter))
    return composed


def shortened(text: str, limit: int = 60) -> str:
    """Return a text for a message, with its end left out where it is long."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def is_nothing(text: str) -> bool:
    """Tell whether a cell says that it says nothing: empty, a dash, n/a."""
    return text.strip().lower() in _NOTHING


def is_no_name(text: str) -> bool:
    """Tell whether a cell for a name says nothing. NA is Namibia, and there are towns called Nan and None."""
    return text.strip().lower() in _NO_NAME


def slug(text: str) -> str:
    """Return a name as a part of an id: small ASCII letters and digits, with single hyphens; empty where none is left.

    The same letters as in ``fold``, so that Łódź becomes lodz.
    """
    words = re.split(r"[\W_]+", text.replace("'", "").replace("’", "").replace("ʻ", ""))
    folded = (re.sub(r"[^a-z0-9]", "", fold(word)) for word in words)
    return "-".join(word for word in folded if word)[:80].strip("-")


# --- numbers --------------------------------------------------------------------------------------------------------

_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)(?:[eE][+-]?[0-9]+)?")
# With the globe or system in front, which need not be named where it is the usual one of the Earth.
_POINT = re.compile(r"(?:<([^>]*)>\s*)?POINT\s*Z?\s*\(\s*(\S+)\s+([^\s)]+)[^)]*\)", re.IGNORECASE)
_EARTH = ("/entity/Q2", "/OGC/1.3/CRS84")
_TWO_NUMBERS = re.compile(r"[(\[]?\s*([+-]?[0-9]+(?:\.[0-9]+)?)\s*[,;\s]\s*([+-]?[0-9]+(?:\.[0-9]+)?)\s*[)\]]?")


def degrees(text: str, column: str) -> float | None:
    """Return a number of degrees, None for an empty cell; 48,85 is read as 48.85. Raises Refusal."""
    shown = text.strip()
    if not _DECIMAL.fullmatch(shown):
        if is_nothing(shown):
            return None
        shown = shown.replace("\u2212", "-").removesuffix("°").rstrip()
    if not _DECIMAL.fullmatch(shown):
        raise Refusal(N_("{column} is no number of degrees: {value}"), column=column, value=shortened(shown))
    return float(shown.replace(",", "."))


def point(text: str, column: str) -> tuple[float, float] | None:
    """Return latitude and longitude from one cell: WKT's Point(lon lat), or two numbers, latitude first.

    None for an empty cell. Raises Refusal where it holds no point, or one on another globe than the Earth.
    """
    if is_nothing(text):
        return None
    # The patterns try every way to share out a run of blanks, which must not be long.
    if len(text) > MAX_NAME:
        raise Refusal(N_("{column} is no point: {value}"), column=column, value=shortened(text.strip()))
    match = _POINT.fullmatch(text.strip())
    if match:
        globe, lon, lat = match.groups()
        if globe and not globe.endswith(_EARTH):
            message = N_("{column} is a point on another globe: {value}")
            raise Refusal(message, column=column, value=shortened(text.strip()))
    else:
        match = _TWO_NUMBERS.fullmatch(text.strip())
        if not match:
            raise Refusal(N_("{column} is no point: {value}"), column=column, value=shortened(text.strip()))
        lat, lon = match.groups()
    north, east = degrees(lat, column), degrees(lon, column)
    return None if north is None or east is None else (north, east)


# As a number, as a table program writes one, or as the address of the place's page.
_GEONAMES = re.compile(
    r"(?:(?:https?://)?(?:[a-z]+\.)?geonames\.org/([1-9][0-9]{0,9})(?:[/?#].*)?|([1-9][0-9]{0,9})(?:\.0*)?)",
    re.IGNORECASE,
)


def geonames_id(text: str) -> int | None:
    """Return a GeoNames id, given as a number or as an address of geonames.org; None where the text is neither."""
    match = _GEONAMES.fullmatch(text.strip())
    return int(match[1] or match[2]) if match else None


def addresses(text: str) -> tuple[str, ...]:
    """Return the web addresses in a cell, which may hold several."""
    found = re.findall(r"https?://[^\s<>\"|]+", text)
    return tuple(dict.fromkeys(map(_without_punctuation, found)))


def _without_punctuation(address: str) -> str:
    """Return an address without what belongs to the sentence around it; brackets that it opened it closes."""
    stem = address.rstrip(".,;:!?')")
    end = len(stem)
    is_open = stem.count("(") - stem.count(")")
    for place in range(len(stem), len(address)):
        if is_open <= 0:
            break
        if address[place] == ")":
            is_open, end = is_open - 1, place + 1
    return address[:end]


# --- dates ----------------------------------------------------------------------------------------------------------

# As the ISO standard, query services, German and Indonesian officials and English writers write dates.
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{1,2})(?:-(?P<day>[0-9]{1,2}))?)?",
        r"(?P<year>[0-9]{4})\.0",  # a year that a table program took for a number
        r"\+?(?P<year>[0-9]{4})-(?:01-01|(?P<month>[0-9]{2})-(?P<day>[0-9]{2}))[T ][0-9:.]+(?:Z|[+-][0-9:]+)?",
        r"(?P<day>[0-9]{1,2})\.\s?(?P<month>[0-9]{1,2})\.\s?(?P<year>[0-9]{4})",
        r"(?:(?P<day>[0-9]{1,2})(?:st|nd|rd|th|\.)?\s+)?(?P<month>[^\W\d]{3,})\.?,?\s+(?P<year>[0-9]{4})",
        r"(?P<month>[^\W\d]{3,})\.?\s+(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>[0-9]{4})",
    )
)
_YEAR = re.compile(r"[1-9][0-9]{3}")
_SLASHED = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_ABOUT = re.compile(r"^(?:c|ca|circa|about|since|from|sejak|tahun)(?![^\W\d])\.?\s*", re.IGNORECASE)
# In full and as they are usually shortened, English and Indonesian, in today's and the former spelling. Not by their
# first letters: a marble of 1986 is not of March.
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januari",
            "feb february februari peb pebruari",
            "mar march maret",
            "apr april",
            "may mei",
            "jun june juni",
            "jul july juli",
            "aug august agu ags agt agust agustus",
            "sep sept september",
            "oct october okt oktober",
            "nov november nop nopember",
            "dec december des desember",
        ),
        1,
    )
    for name in names.split()
}


def partial_date(text: str, column: str) -> str | None:
    """Return a date as 1986, 1986-05 or 1986-05-12, None for an empty cell.

    A moment on the first of January at midnight is a year: so do query services write one. Of 03/04/1986, which is
    March or April, only the year is certain. Raises Refusal where the text is no date, or one that does not exist.
    """
    if _YEAR.fullmatch(text):
        return text
    shown = _ABOUT.sub("", text.strip(), count=1)
    if is_nothing(shown):
        return None
    parts = _date_parts(shown)
    if parts is None:
        raise Refusal(N_("{column} is no date: {value}"), column=column, value=shortened(text.strip()))
    try:
        date(parts[0], *(1 if part is None else part for part in parts[1:]))
    except ValueError:
        message = N_("{column} is a date that does not exist: {value}")
        raise Refusal(message, column=column, value=shortened(text.strip())) from None
    year, month, day = parts
    return f"{year:04}" + "".join(f"-{part:02}" for part in (month, day) if part is not None)


def is_ambiguous(text: str) -> bool:
    """Tell whether a date can be read in two ways: 03/04/1986 is in March or in April."""
    match = _SLASHED.fullmatch(_ABOUT.sub("", text.strip(), count=1))
    if not match:
        return False
    first, second = int(match[1]), int(match[2])
    return first <= 12 and second <= 12 and first != second


def _date_parts(text: str) -> tuple[int, int | None, int | None] | None:
    """Return year, month and day as they are written, or None where the text is no date."""
    if match := _SLASHED.fullmatch(text):
        first, second, year = (int(part) for part in match.groups())
        if is_ambiguous(text):
            return year, None, None
        return (year, second, first) if second <= 12 else (year, first, second)
    for form in _DATES:
        if match := form.fullmatch(text):
            parts = match.groupdict()
            written = parts.get("month") or ""
            month = int(written) if written.isdecimal() else _MONTHS.get(written.lower())
            if written and month is None:
                return None
            return int(parts["year"]), month, int(parts["day"]) if parts.get("day") else None
    return None


# --- words of the closed lists --------------------------------------------------------------------------------------

_KINDS = {
    Kind.SISTER: "sister sistercity sistercities sistertown twin twincity twintown twinning towntwinning twinnedtown "
    "partner partnercity partnertown partnership twinnedadministrativebody kotakembar kotabersaudara "
    "stadtepartnerschaft partnerstadt jumelage",
    Kind.FRIENDSHIP: "friendship friendshipcity friendcity friendlycity kotasahabat persahabatan",
    Kind.INTENT: "intent letterofintent loi declarationofintent",
    Kind.PROJECT: "project cooperation kerjasama",
    Kind.BORDER: "border bordertwin bordertown",
    Kind.CONURBATION: "conurbation",
    Kind.CAPITAL: "capital twincapital",
}
_STATUSES = {
    Status.ACTIVE: "active current inforce yes aktif",
    Status.DORMANT: "dormant inactive sleeping tidakaktif",
    Status.SUSPENDED: "suspended paused frozen onhold ditangguhkan",
    Status.ENDED: "ended terminated former dissolved cancelled canceled expired berakhir",
    Status.UNKNOWN: "unknown",
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_STATUS_OF = {word: status for status, words in _STATUSES.items() for word in words.split()}


def kind_of(text: str) -> Kind | None:
    """Return the kind that a word stands for, as in: twin town, Sister City Agreement; None where it is not ours."""
    key = fold(text)
    return _KIND_OF.get(key.removesuffix("agreement")) or by_label(Kind).get(key)


def status_of(text: str) -> Status | None:
    """Return the status that a word stands for; None where it is not ours."""
    key = fold(text)
    return _STATUS_OF.get(key) or by_label(Status).get(key)
