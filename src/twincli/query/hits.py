"""What is shown of each thing that a search finds, and the command that opens it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypedDict

from twincli.index.store import Index
from twincli.query import statements
from twincli.query.excerpts import Words, excerpt, matches, plain
from twincli.query.records import Bilingual, NoteRecord
from twincli.text import fold
from twincli.vocabulary import EntryType, Field
from twincli.wording import both_labels


class Hit(TypedDict):
    """A hit as JSON has it; see ``HitOut`` in ``dataset/published.py`` for each key."""

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


def hit_doc(index: Index, finding: Finding, words: Words, searched: str) -> str:
    """Return a hit's JSON document."""
    shown = _SHOWN[EntryType(finding.type)](index, finding, words)
    bilingual = [text for text in (shown.name, shown.context, shown.excerpt) if text]
    texts = [version for text in bilingual for version in (text["en"], text.get("id", ""))]
    hit = Hit(
        type=finding.type,
        score=finding.score,
        id=finding.target,
        name=shown.name,
        context=shown.context,
        excerpt=shown.excerpt,
        matches=matches(texts, words),
        pairs=finding.pairs,
        url=shown.url,
        searched=searched,
        command=shown.command,
    )
    return json.dumps(hit, ensure_ascii=False)


# --- places -----------------------------------------------------------------------------------------------------------


def _city(index: Index, finding: Finding, words: Words) -> _Shown:
    city = _CityParts(*index.connection.execute(statements.CITY_PARTS, (finding.target,)).fetchone())
    names = json.loads(city.doc)["names"]
    others = [*names.get("native", []), *names.get("former", []), *names.get("also", [])]
    name, country = city.both_names()
    return _Shown(
        name, f"twincli show {_argument(index, 'city', city.id, city.en)}", country, _other(name, others, words)
    )


def _country(index: Index, finding: Finding, words: Words) -> _Shown:
    doc = json.loads(finding.doc or "")
    name: Bilingual = doc["name"]
    command = f"twincli list --country {_argument(index, 'country', finding.target, name['en'])}"
    return _Shown(name, command, excerpt=_other(name, doc["names"], words))


def _region(index: Index, finding: Finding, __: Words) -> _Shown:
    name: Bilingual = json.loads(finding.doc or "")["name"]
    return _Shown(name, f"twincli list --region {_argument(index, 'region', finding.target, name['en'])}")


def _other(name: Bilingual, others: Iterable[str], words: Words) -> Bilingual | None:
    """Return the other names that were found where the name itself was not."""
    if any(words.are_in(text) for text in (name["en"], name.get("id", ""))):
        return None
    found = [other for other in dict.fromkeys(others) if words.are_in(other)]
    return {"en": ", ".join(found)} if found else None


class _CityParts(NamedTuple):
    id: str
    en: str
    local: str
    country_en: str
    country_local: str
    doc: str

    def both_names(self) -> tuple[Bilingual, Bilingual]:
        """Return the city's and the country's names in both languages."""
        return {"en": self.en, "id": self.local}, {"en": self.country_en, "id": self.country_local}


# --- what they do, what ties them, who says so ------------------------------------------------------------------------


def _field(_index: Index, finding: Finding, __: Words) -> _Shown:
    return _Shown(json.loads(finding.doc or "")["name"], f"twincli list --field {finding.target}")


def _topic(index: Index, finding: Finding, words: Words) -> _Shown:
    note: NoteRecord = json.loads(index.connection.execute(statements.NOTE, (finding.target,)).fetchone()[0])
    shown: Bilingual = {"en": _best([note["summary"]["en"], note["body"]["en"]], words)}
    if "id" in note["body"]:
        shown["id"] = _best([note["summary"].get("id", ""), note["body"]["id"]], words)
    return _Shown(note["title"], f"twincli explain {finding.target}", excerpt=shown)


def _best(texts: Sequence[str], words: Words) -> str:
    """Return the excerpt with the most words, the first of those as good."""
    return max((excerpt(plain(text), words) for text in texts), key=lambda found: found[1])[0]


def _pair(index: Index, finding: Finding, words: Words) -> _Shown:
    head, tail = index.connection.execute(statements.PAIR_PARTS, (finding.target,)).fetchone()
    note: Bilingual | None = json.loads('{"cities": [' + tail)["note"]
    one, other = _ends(index, finding)
    names, countries = zip(one.both_names(), other.both_names(), strict=True)
    context = _joined(countries)
    for field in json.loads(head + "]}")["fields"]:
        label = both_labels(Field, field)
        if words.are_in(label["en"]) or words.are_in(label["id"]):
            context = {"en": f"{context['en']}, {label['en']}", "id": f"{context['id']}, {label['id']}"}
    shown = None
    if note and any(words.are_in(text) for text in (note["en"], note.get("id", ""))):
        shown = Bilingual(en=excerpt(note["en"], words)[0])
        if "id" in note:
            shown["id"] = excerpt(note["id"], words)[0]
    return _Shown(_joined(names), _show(index, one, other), context, shown)


def _source(index: Index, finding: Finding, __: Words) -> _Shown:
    doc = json.loads(finding.doc or "")
    publisher = ", ".join(part for part in (doc["publisher"], (doc["date"] or "")[:4]) if part)
    return _Shown({"en": doc["title"]}, _show(index, *_ends(index, finding)), {"en": publisher}, url=doc["url"])


def _joined(texts: Sequence[Bilingual]) -> Bilingual:
    one, other = texts
    return {"en": f"{one['en']} – {other['en']}", "id": f"{one['id']} – {other['id']}"}


def _ends(index: Index, finding: Finding) -> tuple[_CityParts, _CityParts]:
    one, other = (
        _CityParts(*index.connection.execute(statements.CITY_PARTS, (end,)).fetchone())
        for end in json.loads(finding.doc or "")["cities"]
    )
    return one, other


# --- commands ---------------------------------------------------------------------------------------------------------


def _show(index: Index, one: _CityParts, other: _CityParts) -> str:
    ends = (_argument(index, "city", city.id, city.en) for city in (one, other))
    return f"twincli show {' '.join(ends)}"


def _argument(index: Index, kind: str, target: str, name: str) -> str:
    """Return what names a place on the command line: its English name where no other bears that, else its id."""
    rows = index.connection.execute(statements.NAMES, (fold(name),))
    bearers = {bearer for type_, bearer, __, __ in rows if type_ == kind}
    if bearers != {target} or not name.replace(" ", "").replace("-", "").isalnum():
        return target
    return f"'{name}'" if " " in name else name


_SHOWN = {
    EntryType.CITY: _city,
    EntryType.COUNTRY: _country,
    EntryType.REGION: _region,
    EntryType.FIELD: _field,
    EntryType.TOPIC: _topic,
    EntryType.PAIR: _pair,
    EntryType.SOURCE: _source,
}
