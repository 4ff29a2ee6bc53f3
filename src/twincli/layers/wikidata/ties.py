"""Twinnings from the rows of the answers: what is stated on either city's item, made one."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from twincli.clock import this_day
from twincli.layers.rows import RawPair, RawSource, Rejected
from twincli.layers.wikidata.answers import Row, item_in
from twincli.layers.wikidata.items import ITEM_PAGE, Item, Unusable, city_of
from twincli.vocabulary import Kind, SourceKind, Status

PUBLISHER = "Wikidata"
# Some statements cite dozens of pages; the first few in the order of their addresses serve a reader as well.
MAX_PAGES = 5
_MAX_ADDRESS = 1000
_PRECISION = re.compile(r"[0-9]{1,2}")
_MOMENT = re.compile(r"\+?([0-9]{4})-([0-9]{2})-([0-9]{2})T.*")
# Wikidata's numbers for how exact a date is, from a year to a day; below are decades and more, which tell no year.
_YEAR, _MONTH, _DAY = 9, 10, 11


class Said(NamedTuple):
    """One statement: which item it stands on, and what it says of the time."""

    city: str
    since: tuple[str, ...] = ()
    until: tuple[str, ...] = ()
    has_ended: bool = False
    pages: tuple[str, ...] = ()


class Ties:
    """All that the answers say, gathered as they are read."""

    def __init__(self) -> None:
        self._items: dict[str, Item] = {}
        self._said: dict[tuple[str, str], dict[str, Said]] = {}
        self.statements = 0
        """How many statements came, those of a city in two countries twice, as the endpoint counts them."""

    def take(self, rows: Sequence[Row]) -> None:
        """Take in the rows of one piece."""
        seen = set()
        for row in rows:
            one, other, statement = item_in(row, "city"), item_in(row, "other"), row.get("statement")
            if not (one and other and statement):
                continue
            seen.add(statement)
            for key, end in ((one, "city"), (other, "other")):
                self._items.setdefault(key, Item(key)).take(row, end)
            ends = (one, other) if _number(one) <= _number(other) else (other, one)
            said = self._said.setdefault(ends, {})
            said[statement] = _extended(said.get(statement) or Said(one), row)
        self.statements += len(seen)

    def rows(
        self, *, today: Mapping[str, str], sovereigns: Mapping[str, Set[str]], known: Container[int]
    ) -> Iterator[RawPair | Rejected]:
        """Yield each pair of items once, in the order of their numbers; the arguments are those of ``city_of``."""
        for line, ends in enumerate(sorted(self._said, key=lambda ends: [_number(end) for end in ends]), start=1):
            one, other = (self._items[end] for end in ends)
            try:
                first, second = (
                    city_of(item, today=today, sovereigns=sovereigns, known=known) for item in (one, other)
                )
            except Unusable as unusable:
                yield Rejected(line, unusable.reason, f"{one} – {other}")
                continue
            said = sorted(self._said[ends].values())
            until = end_of(said, this_day().isoformat())
            yield RawPair(
                line,
                first,
                second,
                since=_earliest([day for each in said for day in each.since]),
                until=until or None,
                kind=Kind.SISTER,
                status=Status.UNKNOWN if until is None else Status.ENDED,
                sources=tuple(_sources(said, one, other)),
            )


def _number(key: str) -> int:
    return int(key[1:])


def _extended(said: Said, row: Row) -> Said:
    """Return a statement with what one more of its rows says."""
    since = date_as_exact_as_known(row.get("since", ""), row.get("sincePrecision", ""))
    until = date_as_exact_as_known(row.get("until", ""), row.get("untilPrecision", ""))
    page = row.get("url")
    return said._replace(
        since=(*said.since, since) if since and since not in said.since else said.since,
        until=(*said.until, until) if until and until not in said.until else said.until,
        has_ended=said.has_ended or "ended" in row,
        pages=(*said.pages, page) if page and page not in said.pages else said.pages,
    )


def date_as_exact_as_known(moment: str, precision: str) -> str | None:
    """Return a moment as a date that is no more exact than it is known, or None where not even the year is."""
    match = _MOMENT.fullmatch(moment)
    if not match or match[1] == "0000" or not _PRECISION.fullmatch(precision) or int(precision) < _YEAR:
        return None
    parts = [match[1], match[2], match[3]]
    # A month or day that is not known may be written as 00, whatever the precision says.
    exact = 1 + sum(int(precision) >= wanted for wanted in (_MONTH, _DAY))
    while exact > 1 and "00" in parts[:exact]:
        exact -= 1
    return "-".join(parts[:exact])


def end_of(said: Sequence[Said], today: str) -> str | None:
    """Return when a tie ended, "" where only that it did is known, None where it has not.

    It has where all that is stated on one of the cities has an end that is past, and nothing on either begins later:
    often only one city's item has been brought up to date.
    """
    going_on = [each.since for each in said if not _is_past(each, today)]
    ends = []
    for city in {each.city for each in said}:
        of_city = [each for each in said if each.city == city]
        if all(_is_past(each, today) for each in of_city):
            ends.append(max((_latest(each.until) for each in of_city), default=""))
    last = max(ends, default=None)
    if last and any(since > last for days in going_on for since in days):
        return None
    return last


def _is_past(said: Said, today: str) -> bool:
    """Tell whether a statement says that the tie is over; one that is to end later is not yet."""
    return said.has_ended and all(day <= today[: len(day)] for day in said.until)


def _latest(days: Sequence[str]) -> str:
    return max(days, default="")


def _earliest(days: Sequence[str]) -> str | None:
    """Return the first of several dates, in its most exact form: 1986-05-12 where there is 1986 too."""
    if not days:
        return None
    first = min(days)
    return min((day for day in days if day.startswith(first)), key=lambda day: (-len(day), day))


def _sources(said: Sequence[Said], one: Item, other: Item) -> Iterator[RawSource]:
    """Yield the items that state a tie, then the pages that they cite.

    All of them speak as an encyclopedia: nobody has read for twincli what a cited page says.
    """
    for item, twin in ((one, other), (other, one)):
        if any(each.city == item.key for each in said):
            says = f"Lists {twin.name} as a twinned administrative body (P190)."
            yield _source(ITEM_PAGE + item.key, says, str(item), "en", id_=f"wikidata-{item.key.lower()}")
    pages = {page for each in said for page in each.pages if _is_web_address(page)}
    for page in sorted(pages)[:MAX_PAGES]:
        says = "Is cited by Wikidata for the twinning; not read for this data."
        yield _source(page, says)


def _source(
    url: str, says: str, title: str | None = None, lang: str | None = None, id_: str | None = None
) -> RawSource:
    return RawSource(url, title, PUBLISHER, lang, kind=SourceKind.ENCYCLOPEDIA, says=says, id=id_)


def _is_web_address(page: str) -> bool:
    return page.startswith(("http://", "https://")) and len(page) <= _MAX_ADDRESS and page.isprintable()
