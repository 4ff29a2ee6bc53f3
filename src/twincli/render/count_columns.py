"""The columns of statistics; see ``columns.py``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from twincli.i18n import N_, _, pick
from twincli.query.stats import Tally
from twincli.render.columns import Column
from twincli.vocabulary import Confidence, Field, Grouping, Kind, Status
from twincli.wording import label, number, percent

# What the groups are called, one of them.
HEADINGS = {
    Grouping.COUNTRY: N_("Country"),
    Grouping.CITY: N_("City"),
    Grouping.COUNTRY_PAIR: N_("Countries"),
    Grouping.REGION: N_("Region"),
    Grouping.REGION_PAIR: N_("Regions"),
    Grouping.DECADE: N_("Decade"),
    Grouping.KIND: N_("Kind"),
    Grouping.FIELD: N_("Field"),
    Grouping.STATUS: N_("Status"),
    Grouping.CONFIDENCE: N_("Confidence"),
    Grouping.DISTANCE: N_("Distance"),
    Grouping.COMPONENT: N_("Around"),
}
_LISTS = {
    Grouping.KIND: Kind,
    Grouping.FIELD: Field,
    Grouping.STATUS: Status,
    Grouping.CONFIDENCE: Confidence,
}
_UNKNOWN = {
    Grouping.DECADE: N_("year unknown"),
    Grouping.FIELD: N_("no field named"),
}


def group_name(grouping: Grouping, record: Mapping[str, Any]) -> str:
    """Return what a group is called, in the language spoken."""
    value = record["value"]
    if value is None:
        return _(_UNKNOWN[grouping])
    if record["name"]:
        return pick(record["name"])[0]
    if grouping in _LISTS:
        return label(_LISTS[grouping], value)
    if grouping is Grouping.DECADE:
        return _("{decade}s").format(decade=value)
    start, __, end = value.partition("-")
    if not end:
        return _("{start} km and more").format(start=number(int(start)))
    return _("{start} to {end} km").format(start=number(int(start)), end=number(int(end)))


def _value(key: str, record: Mapping[str, Any]) -> Any:
    return record[key]


def _shown_number(key: str, record: Mapping[str, Any]) -> str:
    return number(record[key])


def _number(key: str, heading: str) -> Column:
    return Column(key, partial(_value, key), heading, partial(_shown_number, key), is_number=True)


_SHARE = Column("share", partial(_value, "share"), N_("Share"), lambda record: percent(record["share"]), is_number=True)
_NAMES = (
    Column("name", lambda record: (record["name"] or {}).get("en")),
    Column("name_id", lambda record: (record["name"] or {}).get("id")),
)


def count_columns(tally: Tally) -> Sequence[Column]:
    """Return the columns of groups: stable names for programs, and for people the group's name."""
    grouping = tally.grouping
    columns = [
        Column("value", partial(_value, "value"), HEADINGS[grouping], partial(group_name, grouping)),
        *_NAMES,
        _number("pairs", N_("Begun") if grouping is Grouping.DECADE else N_("Pairs")),
        _SHARE,
    ]
    return [*columns, _number("ended", N_("Ended"))] if grouping is Grouping.DECADE else columns


COMPONENT_COLUMNS: tuple[Column, ...] = (
    Column("value", partial(_value, "value"), N_("Component")),
    Column("name", lambda record: record["name"]["en"], N_("Around"), lambda record: pick(record["name"])[0]),
    Column("name_id", lambda record: record["name"]["id"]),
    _number("pairs", N_("Pairs")),
    _SHARE,
    _number("cities", N_("Cities")),
    Column("countries", lambda record: len(record["countries"]), N_("Countries"), is_number=True),
    Column("country_codes", lambda record: " ".join(record["countries"])),
    Column("only_here", lambda record: " ".join(record["only_here"]), N_("Countries in none before")),
)
MEASURE_COLUMNS: tuple[Column, ...] = (
    Column("measure", partial(_value, "measure"), N_("Measure")),
    Column("of", partial(_value, "of"), N_("Of")),
    Column("value", partial(_value, "value"), N_("Value")),
)
