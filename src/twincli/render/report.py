"""The views of ``twincli data``: facts about the data, what is wrong in a file, what the JSON holds."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from twincli.i18n import N_, _
from twincli.render.columns import Column
from twincli.render.views import ListOfRecords
from twincli.text import clean
from twincli.wording import long_date, number

if TYPE_CHECKING:
    from twincli.dataset.problems import Problem
    from twincli.query.info import Info


@dataclass(frozen=True)
class Fact:
    """One line of a report: its heading, its value in words, and why it is so."""

    heading: str
    shown: str
    reason: str = ""


@dataclass(frozen=True)
class Report:
    """A few facts: ``values`` for programs, ``facts`` for people."""

    drawing: ClassVar[str] = "draw_report:draw_facts"

    values: Mapping[str, Any]
    facts: Sequence[Fact]

    def json(self) -> Iterator[str]:
        yield json.dumps(self.values, ensure_ascii=False)
        yield "\n"

    def records(self) -> Iterator[str]:
        yield json.dumps(self.values, ensure_ascii=False)

    def columns(self) -> Sequence[Column]:
        # A list has no cell to stand in.
        return [_column(name) for name, value in self.values.items() if not isinstance(value, list)]


def _column(name: str, heading: str = "") -> Column:
    return Column(name, lambda record: record[name], heading or name)


def info_report(info: Info) -> Report:
    """Return what ``data info`` tells."""
    size = _("{pairs} pairs, {cities} cities, {countries} countries").format(
        pairs=number(info["pairs"]), cities=number(info["cities"]), countries=number(info["countries"])
    )
    bundled = _("bundled; no --data, TWINCLI_DATA not set")
    facts = [
        Fact(_("Version"), info["version"]),
        Fact(_("Data"), info["data"], info["data_reason"] or bundled),
        Fact(_("Title"), info["title"]),
        Fact(_("Revised"), long_date(info["date"])),
        Fact(_("Size"), size),
        Fact(_("Licence"), info["licence"]),
        Fact(_("Attribution"), info["attribution"]),
        *_layer_facts(info),
        Fact(_("Index"), info["index"] or _("in memory"), _index_reason(info)),
        Fact(_("Language"), info["language"], info["language_reason"]),
    ]
    return Report(info, [fact for fact in facts if fact.shown])


_IN_MEMORY = {
    "shared": N_("others could write in the cache folder"),
    "unwritable": N_("the cache folder cannot be written"),
    "homeless": N_("there is no home to keep it in"),
}


def _index_reason(info: Info) -> str:
    reason = info["index_reason"]
    return reason if info["index"] else _(_IN_MEMORY[reason])


_PROBLEM_KEYS = ("file", "record", "field", "reason")


def _layer_facts(info: Info) -> Iterator[Fact]:
    for layer in info["layers"]:
        message = _("{name}: {added} of {pairs} pairs are new, {date}, {licence}")
        shown = message.format(
            name=layer["name"],
            added=number(layer["added_pairs"]),
            pairs=number(layer["pairs"]),
            date=long_date(layer["date"]),
            licence=_("licence {licence}").format(licence=layer["licence"]),
        )
        yield Fact(_("Layer"), shown, layer["path"])


@dataclass(frozen=True)
class ProblemList(ListOfRecords):
    """What is wrong in a data file."""

    drawing: ClassVar[str] = "draw_report:draw_problems"

    problems: Sequence[Problem]

    def records(self) -> Iterator[str]:
        for problem in self.problems:
            severity = "warning" if problem.is_warning else "error"
            values = {**{key: getattr(problem, key) for key in _PROBLEM_KEYS}, "severity": severity}
            # The ids and keys of a file that is being checked can hold anything.
            yield json.dumps({key: value and clean(value) for key, value in values.items()}, ensure_ascii=False)

    def columns(self) -> Sequence[Column]:
        return [
            _column("severity", N_("Severity")),
            _column("file", N_("File")),
            _column("record", N_("Record")),
            _column("field", N_("Field")),
            _column("reason", N_("Reason")),
        ]


@dataclass(frozen=True)
class SchemaList:
    """What the JSON documents hold, as JSON Schema or as a line a key."""

    drawing: ClassVar[str] = "draw_report:draw_schemas"

    schemas: Mapping[str, dict[str, Any]]
    is_one: bool
    """Whether the JSON is the one schema itself, and not an object of several."""

    def json(self) -> Iterator[str]:
        document = next(iter(self.schemas.values())) if self.is_one else self.schemas
        yield json.dumps(document, ensure_ascii=False, indent=1)
        yield "\n"

    def records(self) -> Iterator[str]:
        for document, schema in self.schemas.items():
            for key, kind, about in _keys(schema, schema, ""):
                values = {"document": document, "key": key, "type": kind, "about": about}
                yield json.dumps(values, ensure_ascii=False)

    def columns(self) -> Sequence[Column]:
        return [
            _column("document", N_("Document")),
            _column("key", N_("Key")),
            _column("type", N_("Type")),
            _column("about", N_("Meaning")),
        ]


def _keys(node: dict[str, Any], root: dict[str, Any], path: str) -> Iterator[tuple[str, str, str]]:
    """Yield each key of a schema with its path in jq's notation, its type, and what it means."""
    node, __ = _resolved(node, root)
    items = node.get("items")
    for item in [items] if isinstance(items, dict) else node.get("prefixItems", [])[:1]:
        yield from _keys(item, root, f"{path}[]")
    for name, child in node.get("properties", {}).items():
        below, is_nullable = _resolved(child, root)
        kind = below.get("type", "value") + (", null" if is_nullable else "")
        yield f"{path}.{name}", kind, child.get("description") or below.get("description", "")
        yield from _keys(below, root, f"{path}.{name}")


def _resolved(node: dict[str, Any], root: dict[str, Any]) -> tuple[dict[str, Any], bool]:
    """Return the schema behind a reference or an optional value, and whether null is allowed."""
    is_nullable = False
    while "anyOf" in node or "$ref" in node:
        if "anyOf" in node:
            is_nullable = any(option.get("type") == "null" for option in node["anyOf"])
            node = next(option for option in node["anyOf"] if option.get("type") != "null")
        else:
            node = root["$defs"][node["$ref"].rsplit("/", 1)[-1]]
    return node, is_nullable
