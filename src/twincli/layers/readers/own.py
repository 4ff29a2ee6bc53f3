"""Our own JSON: records as ``list`` and ``show`` give them, and data files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any

from twincli.dataset.problems import Reason, Refusal
from twincli.i18n import N_
from twincli.layers.readers.json_stream import Value
from twincli.layers.rows import RawCity, RawPair, RawSource, Rejected
from twincli.layers.values import shortened

Record = Mapping[str, Any]

FACTS = ("title", "date", "licence", "attribution")
_NAMES = ("native", "former", "also")


class Malformed(Refusal):
    """A record in which something else stands than should."""


def is_record(value: Any) -> bool:
    """Tell whether a JSON value is a pair as ``list`` gives it, with both its cities inside."""
    cities = value.get("cities") if isinstance(value, dict) else None
    is_pair = isinstance(cities, list) and len(cities) == 2 and all(isinstance(city, dict) for city in cities)
    return is_pair and "pairs" not in value  # else it is a data file that has two cities


def pair_of(line: int, record: Any) -> RawPair | Rejected:
    """Return the pair that a record states, with both its cities inside it."""
    try:
        if not is_record(record):
            raise Malformed(N_("a record without two cities"))
        one, other = (_city(city) for city in record["cities"])
        return _pair(line, record, one, other, [_source(source) for source in _list(record, "sources")])
    except Malformed as malformed:
        return Rejected(line, malformed.reason, shortened(str(record), 300))


class DataFile:
    """A data file: its cities and sources, which its pairs name by their ids."""

    def __init__(self, values: Iterable[Value]) -> None:
        self.facts: dict[str, str] = {}
        """What it says of itself."""
        self._cities: dict[str, RawCity | Reason] = {}
        self._sources: dict[str, RawSource | Reason] = {}
        for __, key, value in values:
            if key == "cities":
                self._keep(value, self._cities, _city)
            elif key == "sources":
                self._keep(value, self._sources, _source)
            elif key in FACTS and isinstance(value, str):
                self.facts[key] = value

    @staticmethod
    def _keep(value: Any, kept: dict[str, Any], read: Any) -> None:
        try:
            id_ = _text(value, "id") if isinstance(value, dict) else None
            if id_ is not None:
                kept[id_] = read(value)
        except Malformed as malformed:
            kept[str(value.get("id"))] = malformed.reason

    def pairs(self, values: Iterable[Value]) -> Iterator[RawPair | Rejected]:
        """Yield its pairs, on a second reading."""
        for line, key, value in values:
            if key == "pairs":
                try:
                    yield self._pair(line, value)
                except Malformed as malformed:
                    yield Rejected(line, malformed.reason, shortened(str(value), 300))

    def _pair(self, line: int, record: Any) -> RawPair:
        if not isinstance(record, dict):
            raise Malformed(N_("a record that is no object"))
        ends = [end for end in _list(record, "cities") if isinstance(end, str)]
        if len(ends) != 2:
            raise Malformed(N_("a record without two cities"))
        one, other = (self._named(self._cities, end, N_("names a city that does not exist: {id}")) for end in ends)
        sources = []
        for statement in _list(record, "sources"):
            named = _text(statement, "source") if isinstance(statement, dict) else None
            source = self._named(self._sources, named or "?", N_("names a source that does not exist: {id}"))
            sources.append(source._replace(says=_text(statement, "says")))
        return _pair(line, record, one, other, sources)

    @staticmethod
    def _named(kept: Mapping[str, Any], id_: str, missing: str) -> Any:
        found = kept.get(id_)
        if found is None:
            raise Malformed(missing, id=shortened(id_))
        if isinstance(found, Reason):
            raise Malformed(found.message, **found.values)
        return found


def _pair(line: int, record: Record, one: RawCity, other: RawCity, sources: list[RawSource]) -> RawPair:
    note = record.get("note")
    return RawPair(
        line,
        one,
        other,
        since=_text(record, "since"),
        until=_text(record, "until"),
        kind=_text(record, "kind"),
        status=_text(record, "status"),
        fields=_texts(record, "fields"),
        sources=tuple(sources),
        disputed=record.get("disputed") is True,
        note=tuple((language, text) for language, text in note.items() if isinstance(text, str))
        if isinstance(note, dict)
        else (),
        id=_text(record, "id"),
    )


def _city(record: Record) -> RawCity:
    name, country = _text(record, "name"), _text(record, "country")
    if not name:
        raise Malformed(N_("a city without a name"))
    names = record.get("names")
    others: list[tuple[str, str]] = []
    if isinstance(names, dict):
        others += [("id", local)] if (local := _text(names, "id")) else []
        others += [(key, other) for key in _NAMES for other in _texts(names, key)]
    geonames = record.get("geonames")
    id_ = _text(record, "id")
    return RawCity(
        name,
        country or "",
        _number(record, "lat"),
        _number(record, "lon"),
        geonames if isinstance(geonames, int) and geonames > 0 else None,
        tuple(others),
        _text(record, "admin"),
        key=id_,
        level=_text(record, "level"),
        id=id_,
    )


def _source(record: Any) -> RawSource:
    url = _text(record, "url") if isinstance(record, dict) else None
    if not url:
        raise Malformed(N_("a source without an address"))
    return RawSource(
        url,
        _text(record, "title"),
        _text(record, "publisher"),
        _text(record, "lang"),
        _text(record, "date"),
        _text(record, "kind"),
        mirror=record.get("mirror") is True,
        blog=record.get("blog") is True,
        says=_text(record, "says"),
        id=_text(record, "id"),
    )


def _text(record: Record, key: str) -> str | None:
    """Return a text, None where there is none. Raises Malformed where something else stands there."""
    value = record.get(key)
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, int) and key in {"since", "until", "date"}:
        return str(value)
    raise Malformed(N_("{key} is no text"), key=key)


def _texts(record: Record, key: str) -> tuple[str, ...]:
    return tuple(value for value in _list(record, key) if isinstance(value, str))


def _list(record: Record, key: str) -> list[Any]:
    value = record.get(key)
    if value is None:
        return []
    if isinstance(value, list):
        return value
    raise Malformed(N_("{key} is no list"), key=key)


def _number(record: Record, key: str) -> float | None:
    value = record.get(key)
    if value is None:
        return None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        with suppress(OverflowError):  # a whole number of hundreds of digits
            return float(value)
    raise Malformed(N_("{key} is no number"), key=key)
