"""The filters of ``list`` once more, in plain Python over the data file: what the program's answers are held to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from twincli.evidence import judge

Record = dict[str, Any]
EndTest = Callable[[Record], bool]


@dataclass
class Question:
    """Filters as they are typed, each with its values, and what they ask in plain Python."""

    country: tuple[str, ...] = ()
    """ISO codes."""
    city: tuple[str, ...] = ()
    """City ids."""
    region: tuple[str, ...] = ()
    """Codes of UN M49."""
    with_country: tuple[str, ...] = ()
    with_city: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    field: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    confidence: tuple[str, ...] = ()
    since: tuple[str, str] | None = None
    disputed: bool | None = None

    @property
    def arguments(self) -> list[str]:
        """The question as a command line."""
        line: list[str] = []
        for option in ("country", "city", "region", "kind", "field", "status", "confidence"):
            for value in getattr(self, option):
                line += [f"--{option}", value]
        for value in (*self.with_country, *self.with_city):
            line += ["--with", value]
        if self.since:
            line += ["--since", "..".join(self.since)]
        if self.disputed is not None:
            line.append("--disputed" if self.disputed else "--undisputed")
        return line


class Reference:
    """The pairs of a data file, to be asked the questions that the program is asked."""

    def __init__(self, content: Record, gazetteer: Record) -> None:
        self.cities: dict[str, Record] = {city["id"]: city for city in content["cities"]}
        self.sources: dict[str, Record] = {source["id"]: source for source in content["sources"]}
        self.pairs: dict[str, Record] = {pair["id"]: pair for pair in content["pairs"]}
        parents = {region["code"]: region["parent"] for region in gazetteer["regions"]}
        self.regions: dict[str, set[str]] = {
            country["code"]: {country["region"], parents[country["region"]] or country["region"]}
            for country in gazetteer["countries"]
        }
        self.partners: dict[str, dict[str, str]] = defaultdict(dict)
        """For each city its partners, each with the id of the pair."""
        for pair in self.pairs.values():
            one, other = pair["cities"]
            self.partners[one][other] = self.partners[other][one] = pair["id"]

    def confidence(self, pair: Record) -> str:
        """Return how well a pair is attested."""
        told = [self.sources[statement["source"]] for statement in pair["sources"]]
        return str(judge(told, disputed=pair.get("disputed", False))[0])

    def answer(self, question: Question) -> dict[str, tuple[str, str]]:
        """Return the ids of the pairs asked for, each with its two cities in the order asked for."""
        answer: dict[str, tuple[str, str]] = {}
        for pair in self.pairs.values():
            one, other = sorted(pair["cities"])
            for here, there in ((one, other), (other, one)):
                if self._holds(question, pair) and self._faces(question, self.cities[here], self.cities[there]):
                    answer.setdefault(pair["id"], (here, there))
        return answer

    def _faces(self, question: Question, here: Record, there: Record) -> bool:
        """Tell whether the filters on one end, and the one on the other, hold for a pair seen from one city."""
        if question.country and here["country"] not in question.country:
            return False
        if question.city and here["id"] not in question.city:
            return False
        if question.region and not self.regions[here["country"]] & set(question.region):
            return False
        wanted = bool(question.with_country or question.with_city)
        return not wanted or there["country"] in question.with_country or there["id"] in question.with_city

    def _holds(self, question: Question, pair: Record) -> bool:
        """Tell whether the filters on the pair itself hold."""
        if question.kind and pair["kind"] not in question.kind:
            return False
        if question.status and pair["status"] not in question.status:
            return False
        if question.field and not set(pair.get("fields", [])) & set(question.field):
            return False
        if question.confidence and self.confidence(pair) not in question.confidence:
            return False
        if question.disputed is not None and pair.get("disputed", False) is not question.disputed:
            return False
        return question.since is None or is_between(pair.get("since"), *question.since)


def is_between(date: str | None, start: str, end: str) -> bool:
    """Tell whether a date, where there is one, is not before the start and not after the last date within the end."""
    if date is None:
        return False
    return (not start or date >= start) and (not end or date <= end or date.startswith(end))


def sides(pairs: list[Record]) -> dict[str, tuple[str, str]]:
    """Return the program's answer in the same shape, after making sure that it gives no pair twice."""
    answer = {pair["id"]: (pair["cities"][0]["id"], pair["cities"][1]["id"]) for pair in pairs}
    assert len(answer) == len(pairs)
    return answer
