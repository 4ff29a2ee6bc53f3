"""What is shown of each thing that a search finds, and the command that opens it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from twincli.command_lines import command_line
from twincli.index.store import Index
from twincli.query import statements
from twincli.query.excerpts import Words, best_paragraph, excerpt, found_in
from twincli.text import clean, fold
from twincli.vocabulary import EntryType, Field

if TYPE_CHECKING:
    from twincli.records import Bilingual, NoteRecord

# Neighbouring hits share their cities: of Jakarta's pairs each has Jakarta.
_KEPT = 1000


class Hit(TypedDict):
    """A hit as JSON has it; see ``HitOut`` in ``dataset/published/`` for each key."""

    type: str
    score: float
    id: str
    name: Bilingual
    context: Bilingual | None
    excerpt: Bilingual | None
    matches: list[str]
    pairs: int | None
    url: str | None
    searched: str
    command: str


class Finding(NamedTuple):
    """An entry of the index that fits, with how well it does."""

    type: str
    target: str
    pairs: int | None
    doc: str | None
    score: float


class _Shown(NamedTuple):
    """What the sorts of hits differ in."""

    name: Bilingual
    command: str
    context: Bilingual | None = None
    excerpt: Bilingual | None = None
    url: str | None = None


class _City(NamedTuple):
    """A city as the hits that have it need it."""

    name: Bilingual
    country: Bilingual
    doc: str
    argument: str
    """What names it on the command line."""


class HitWriter:
    """Turns findings of one search into the documents of hits."""

    def __init__(self, index: Index, words: Words, searched: str, data: str | None) -> None:
        self._index = index
        self._command = partial(command_line, data=data and clean(data))
        self._words = words
        self._searched = searched
        self._city_of = lru_cache(_KEPT)(self._read_city)
        self._shown = {
            EntryType.CITY: self._city,
            EntryType.COUNTRY: self._country,
            EntryType.REGION: self._region,
            EntryType.FIELD: self._field,
            EntryType.TOPIC: self._topic,
            EntryType.PAIR: self._pair,
            EntryType.SOURCE: self._source,
        }

    def write(self, finding: Finding) -> str:
        """Return a hit's JSON document."""
        shown = self._shown[EntryType(finding.type)](finding)
        hit = Hit(
            type=finding.type,
            score=finding.score,
            id=finding.target,
            name=shown.name,
            context=shown.context,
            excerpt=shown.excerpt,
            matches=found_in(_versions(shown.name, shown.context, shown.excerpt), self._words),
            pairs=finding.pairs,
            url=shown.url,
            searched=self._searched,
            command=shown.command,
        )
        return json.dumps(hit, ensure_ascii=False)

    # --- places ------------------------------------------------------------------------------------------------

    def _city(self, finding: Finding) -> _Shown:
        city = self._city_of(finding.target)
        names = json.loads(city.doc)["names"]
        others = [*names.get("native", []), *names.get("former", []), *names.get("also", [])]
        return _Shown(city.name, self._command("show", city.argument), city.country, self._other(city.name, others))

    def _country(self, finding: Finding) -> _Shown:
        doc = json.loads(finding.doc or "")
        name: Bilingual = doc["name"]
        command = self._command("list", "--country", self._argument("country", finding.target, name["en"]))
        return _Shown(name, command, excerpt=self._other(name, doc["names"]))

    def _region(self, finding: Finding) -> _Shown:
        name: Bilingual = json.loads(finding.doc or "")["name"]
        argument = self._argument("region", finding.target, name["en"])
        return _Shown(name, self._command("list", "--region", argument))

    def _other(self, name: Bilingual, others: Iterable[str]) -> Bilingual | None:
        """Return the other names that were found where the name itself was not."""
        if any(map(self._words.are_in, _versions(name))):
            return None
        found = [other for other in dict.fromkeys(others) if self._words.are_in(other)]
        return {"en": ", ".join(found)} if found else None

    # --- what they do, what is known of them, who says so --------------------------------------------------------

    def _field(self, finding: Finding) -> _Shown:
        return _Shown(json.loads(finding.doc or "")["name"], self._command("list", "--field", finding.target))

    def _topic(self, finding: Finding) -> _Shown:
        note: NoteRecord = json.loads(self._fetch(statements.NOTE, finding.target)[0])
        shown: Bilingual = {"en": self._best(note["summary"]["en"], note["body"]["en"])}
        if "id" in note["body"]:
            shown["id"] = self._best(note["summary"].get("id", ""), note["body"]["id"])
        return _Shown(note["title"], self._command("explain", finding.target), excerpt=shown)

    def _best(self, summary: str, body: str) -> str:
        """Return the part of a note with the most words; of the summary, if that has as many as any paragraph."""
        paragraph, count = best_paragraph(body, self._words)
        in_summary = len({place.word for place in self._words.places(summary)})
        return excerpt(summary if in_summary >= count else paragraph, self._words)

    def _pair(self, finding: Finding) -> _Shown:
        head, tail = self._fetch(statements.PAIR_PARTS, finding.target)
        note: Bilingual | None = json.loads('{"cities": [' + tail)["note"]
        one, other = self._ends(finding)
        name, context = _joined(one.name, other.name), _joined(one.country, other.country)
        shown: Bilingual | None = None
        if note and any(map(self._words.are_in, _versions(note))):
            shown = {"en": excerpt(note["en"], self._words)}
            if "id" in note:
                shown["id"] = excerpt(note["id"], self._words)
        if self._words.are_missing(_versions(name, context, note)):
            context = self._with_fields(context, json.loads(head + "]}")["fields"])
        return _Shown(name, self._command("show", one.argument, other.argument), context, shown)

    def _with_fields(self, context: Bilingual, fields: Sequence[str]) -> Bilingual:
        """Return where a pair belongs with the fields that were found, since its names and note do not tell all."""
        # Here, because it brings the catalogue of messages with it, and few hits need it.
        from twincli.wording import both_labels

        labels = [both_labels(Field, field) for field in fields]
        found = [label for label in labels if any(map(self._words.are_in, _versions(label)))]
        return {
            "en": ", ".join([context["en"], *(label["en"] for label in found)]),
            "id": ", ".join([context["id"], *(label["id"] for label in found)]),
        }

    def _source(self, finding: Finding) -> _Shown:
        doc = json.loads(finding.doc or "")
        one, other = self._ends(finding)
        publisher = ", ".join(part for part in (doc["publisher"], (doc["date"] or "")[:4]) if part)
        command = self._command("show", one.argument, other.argument)
        return _Shown({"en": doc["title"]}, command, {"en": publisher}, url=doc["url"])

    def _ends(self, finding: Finding) -> tuple[_City, _City]:
        one, other = json.loads(finding.doc or "")["cities"]
        return self._city_of(one), self._city_of(other)

    # --- what they share -----------------------------------------------------------------------------------------

    def _fetch(self, statement: str, target: str) -> tuple[str, ...]:
        row: tuple[str, ...] = self._index.connection.execute(statement, (target,)).fetchone()
        return row

    def _read_city(self, target: str) -> _City:
        en, local, country, local_country, doc = self._fetch(statements.CITY_PARTS, target)
        name: Bilingual = {"en": en, "id": local}
        return _City(name, {"en": country, "id": local_country}, doc, self._argument("city", target, en))

    def _argument(self, kind: str, target: str, name: str) -> str:
        """Return what names a place on the command line: its English name if no other bears that, else its id."""
        rows = self._index.connection.execute(statements.NAMES, (fold(name),))
        bearers = {bearer for type_, bearer, __, __ in rows if type_ == kind}
        if bearers != {target} or not name.replace(" ", "").replace("-", "").isalnum():
            return target
        return name


def _versions(*texts: Bilingual | None) -> list[str]:
    """Return all versions of some texts that may be absent."""
    return [version for text in texts if text for version in (text["en"], text.get("id", "")) if version]


def _joined(one: Bilingual, other: Bilingual) -> Bilingual:
    return {"en": f"{one['en']} – {other['en']}", "id": f"{one['id']} – {other['id']}"}
