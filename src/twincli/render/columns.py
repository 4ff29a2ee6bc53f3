"""The columns of records, shared by all formats made of columns.

For programs (CSV, TSV) a column has a stable name and a raw value, the same in every language. For people (Markdown)
those that matter to a reader have a heading and a text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from twincli.i18n import N_, pick
from twincli.vocabulary import Confidence, EntryType, Field, Kind
from twincli.wording import city_name, country_name, label, long_date, number, status_and_year

Value = str | int | float | bool | None


@dataclass(frozen=True)
class Column:
    """One column: how programs and people get it from a record."""

    name: str
    value: Callable[[Mapping[str, Any]], Value]
    heading: str | None = None
    """A message for people; None where the column is for programs only."""
    text: Callable[[Mapping[str, Any]], str] | None = None
    is_number: bool = False

    def shown(self, record: Mapping[str, Any]) -> str:
        """Return the cell as people read it."""
        if self.text:
            return self.text(record)
        value = self.value(record)
        return "" if value is None else str(value)


def _key(name: str) -> Callable[[Mapping[str, Any]], Value]:
    return lambda record: record[name]


def _city(place: int, key: str) -> Callable[[Mapping[str, Any]], Value]:
    return lambda record: record["cities"][place][key]


def _in(key: str, language: str) -> Callable[[Mapping[str, Any]], Value]:
    """Return how to get one language of a text that may be absent."""
    return lambda record: (record[key] or {}).get(language)


def _city_columns(place: int) -> list[Column]:
    ordinal = place + 1
    heading = (N_("City"), N_("Partner"))[place]
    return [
        Column(f"city{ordinal}", _city(place, "name"), heading, lambda record: city_name(record["cities"][place])),
        Column(
            f"country{ordinal}",
            _city(place, "country"),
            N_("Country"),
            lambda record: country_name(record["cities"][place]),
        ),
    ]


def _place_columns(place: int) -> list[Column]:
    ordinal = place + 1
    return [
        Column(f"city{ordinal}_id", _city(place, "id")),
        Column(f"country{ordinal}_name", lambda record: record["cities"][place]["country_name"]["en"]),
        Column(f"admin{ordinal}", _city(place, "admin")),
        Column(f"lat{ordinal}", _city(place, "lat"), is_number=True),
        Column(f"lon{ordinal}", _city(place, "lon"), is_number=True),
    ]


# Stable: columns are only ever added, at the end.
PAIR_COLUMNS: tuple[Column, ...] = (
    Column("id", _key("id")),
    *_city_columns(0),
    *_city_columns(1),
    Column("kind", _key("kind"), N_("Kind"), lambda record: label(Kind, record["kind"])),
    Column("status", _key("status"), N_("Status"), lambda record: status_and_year(record["status"], record["as_of"])),
    Column("as_of", _key("as_of")),
    Column("since", _key("since"), N_("Since")),
    Column("until", _key("until"), N_("Until")),
    Column(
        "fields",
        lambda record: ";".join(record["fields"]),
        N_("Fields"),
        lambda record: ", ".join(label(Field, name) for name in record["fields"]),
    ),
    Column("disputed", _key("disputed")),
    Column("confidence", _key("confidence"), N_("Confidence"), lambda record: label(Confidence, record["confidence"])),
    Column("distance_km", _key("distance_km"), N_("km"), lambda record: number(record["distance_km"]), is_number=True),
    *_place_columns(0),
    *_place_columns(1),
    Column("sources", lambda record: " ".join(source["url"] for source in record["sources"])),
    Column("note", _in("note", "en")),
    Column("note_id", _in("note", "id")),
)

ANNIVERSARY_COLUMNS: tuple[Column, ...] = (
    Column("date", _key("date"), N_("Date"), lambda record: long_date(record["date"])),
    Column("years", _key("years"), N_("Years"), is_number=True),
    *PAIR_COLUMNS,
)

HIT_COLUMNS: tuple[Column, ...] = (
    Column("type", _key("type"), N_("Sort"), lambda record: label(EntryType, record["type"])),
    Column("score", _key("score"), is_number=True),
    Column("id", _key("id")),
    Column("name", lambda record: record["name"]["en"], N_("Name"), lambda record: pick(record["name"])[0]),
    Column("name_id", lambda record: record["name"].get("id")),
    Column("context", _in("context", "en"), N_("Context"), lambda record: pick(record["context"])[0]),
    Column("context_id", _in("context", "id")),
    Column("excerpt", _in("excerpt", "en"), N_("Excerpt"), lambda record: pick(record["excerpt"])[0]),
    Column("excerpt_id", _in("excerpt", "id")),
    Column("pairs", _key("pairs"), N_("Pairs"), is_number=True),
    Column("url", _key("url")),
    Column("searched", _key("searched")),
    Column("command", _key("command"), N_("Command")),
)

TOPIC_COLUMNS: tuple[Column, ...] = (
    Column("id", _key("id"), N_("Topic")),
    Column("title", lambda record: record["title"]["en"], N_("Title"), lambda record: pick(record["title"])[0]),
    Column("title_id", lambda record: record["title"].get("id")),
    Column("summary", lambda record: record["summary"]["en"], N_("Summary"), lambda record: pick(record["summary"])[0]),
    Column("summary_id", lambda record: record["summary"].get("id")),
    Column("aliases", lambda record: ";".join(record["aliases"])),
)
