"""Which pair a row of a file means: one for every two cities, whichever stands first."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from pydantic import ValidationError

from twincli.dataset.models import Bilingual, Source
from twincli.dataset.problems import Reason, reason_of
from twincli.i18n import N_
from twincli.layers.known import Known
from twincli.layers.register import ADD_PAIR, ADD_SOURCE, FILL_PAIR, KNOWN_AS, PAIR, SOURCE, Register
from twincli.layers.rows import RawPair, RawSource
from twincli.layers.values import Refusal, kind_of, partial_date, status_of, tidy
from twincli.text import clean
from twincli.vocabulary import OVER, Field, SourceKind, Status

# What nobody should take for a witness, by the name of its site.
_ENCYCLOPEDIAS = {"wikidata.org": "Wikidata", "wikipedia.org": "Wikipedia", "wikivoyage.org": "Wikivoyage"}
_GIVEN = "Is given as a reference for this pair."
_LANGUAGE_UNKNOWN = "und"
_LINES_SHOWN = 5


@dataclass
class Rejections:
    """The rows rejected for one reason."""

    example: Reason
    count: int = 0
    lines: list[int] = field(default_factory=list)
    """The first of them."""


class PairJoiner:
    """Puts the pairs of a file into the register, each once, and keeps account."""

    def __init__(self, register: Register, known: Known) -> None:
        self._register = register
        self._known = known
        self._sources: dict[RawSource, int] = {}
        self.repeated = 0
        """How many rows name a pair that an earlier row names."""
        self.rejections: dict[str, Rejections] = {}
        """By the message of the reason, which is the same for all of its kind."""
        self.unknown_words: Counter[tuple[str, str]] = Counter()
        """What stood where a kind or a status should, and is none of ours."""

    @property
    def rejected(self) -> int:
        """How many rows could not be taken."""
        return sum(rejections.count for rejections in self.rejections.values())

    def reject(self, line: int, reason: Reason, text: str) -> None:
        """Note a row that cannot be taken."""
        self._register.reject(line, clean(reason), clean(text))
        rejections = self.rejections.setdefault(reason.message, Rejections(reason))
        rejections.count += 1
        rejections.lines = sorted([*rejections.lines, line])[:_LINES_SHOWN]

    def join(self, row: RawPair, one: int, other: int) -> None:
        """Take a row whose cities have these numbers. Raises Refusal."""
        if one == other:
            raise Refusal(N_("pairs a city with itself"))
        since, until, status = self._times(row)
        kind, extra = self._word(row.kind, "kind"), _extra(row)
        statements = self._statements(row)
        sources = json.dumps(statements, ensure_ascii=False) if statements else None
        ends = min(one, other), max(one, other)
        known = self._known_pair(*ends) if self._known.cities else None
        number = self._register.add(
            ADD_PAIR, *ends, row.line, row.id and clean(row.id), kind, status, since, until, sources, extra, known
        )
        if number is None:
            self.repeated += 1
            if any((since, until, status, kind, statements)):
                self._fill(ends, since, until, status, kind, statements)

    def _fill(
        self,
        ends: tuple[int, int],
        since: str | None,
        until: str | None,
        status: str | None,
        kind: str | None,
        statements: list[list[Any]],
    ) -> None:
        """Add to a pair what another row tells of it; what is there already stays."""
        number, since0, until0, status0, kind0, sources = self._register.one(PAIR, *ends)
        if until and (status0 not in {None, *OVER} or (since0 or "") > until + "~"):
            until = None
        told = json.loads(sources) if sources else []
        told += [statement for statement in statements if statement[0] not in {source for source, __ in told}]
        status = Status.ENDED if until and not until0 and not status0 else status
        row = (
            since0 or (since if not until0 or (since or "") <= until0 + "~" else None),
            until0 or until,
            status0 or status,
            kind0 or kind,
            json.dumps(told, ensure_ascii=False) if told else None,
            number,
        )
        self._register.do(FILL_PAIR, *row)

    def _known_pair(self, one: int, other: int) -> str | None:
        ends = [self._register.one(KNOWN_AS, number)[0] for number in (one, other)]
        pair = self._known.pair(*ends) if all(ends) else None
        return pair.id if pair else None

    def _times(self, row: RawPair) -> tuple[str | None, str | None, str | None]:
        """Return when a pair began and ended, and its status."""
        since = partial_date(row.since, "since") if row.since else None
        until = partial_date(row.until, "until") if row.until else None
        status = self._word(row.status, "status")
        if since and until and until + "~" < since:
            raise Refusal(N_("ended in {until}, before it began in {since}"), until=until, since=since)
        if until and status not in {None, Status.UNKNOWN, *OVER}:
            raise Refusal(N_("ended in {until}, and its status is {status}"), until=until, status=status)
        return since, until, status if not until or status in OVER else Status.ENDED

    def _word(self, text: str | None, column: str) -> str | None:
        """Return the value of a closed list that a word stands for; None where there is none, or it is not ours."""
        if not text:
            return None
        found = kind_of(text) if column == "kind" else status_of(text)
        if found is None and len(self.unknown_words) < 1000:
            self.unknown_words[column, text] += 1
        return found

    # --- sources -----------------------------------------------------------------------------------------------------

    def _statements(self, row: RawPair) -> list[list[Any]]:
        """Return the number of each source that a row brings, and what it states."""
        found: dict[int, str] = {}
        for raw in (*row.sources, *(RawSource(url) for url in row.urls)):
            says = tidy(raw.says) if raw.says else _GIVEN
            found.setdefault(self._source(raw._replace(says=None)), says)
        return [list(entry) for entry in found.items()]

    def _source(self, raw: RawSource) -> int:
        number = self._sources.get(raw)
        if number is None:
            if len(self._sources) > 20_000:
                self._sources.clear()
            number = add_source(self._register, raw)
            self._sources[raw] = number
        return number


def add_source(register: Register, raw: RawSource) -> int:
    """Return the number of a source in the register, put there where it is new. Raises Refusal."""
    source = _source_record(raw)
    record = source.model_dump_json(exclude_defaults=True)
    number = register.add(ADD_SOURCE, record, raw.id and clean(raw.id), source.url, source.publisher)
    return int(register.one(SOURCE, record)[0]) if number is None else number


def _source_record(raw: RawSource) -> Source:
    """Return a source as a record, with what only its address tells. Raises Refusal where it cannot be one."""
    host = _host(raw.url)
    encyclopedia = _ENCYCLOPEDIAS.get(".".join(host.split(".")[-2:]))
    kind = raw.kind if raw.kind in set(SourceKind) else SourceKind.ENCYCLOPEDIA if encyclopedia else SourceKind.OTHER
    try:
        return Source(
            id="x",  # it gets its own when all are known
            title=tidy(raw.title or raw.url),
            publisher=tidy(raw.publisher or encyclopedia or host or raw.url),
            url=raw.url,
            lang=raw.lang or _LANGUAGE_UNKNOWN,
            date=raw.date,
            kind=SourceKind(kind),
            mirror=raw.mirror,
            blog=raw.blog,
        )
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        raise Refusal(N_("a source whose {field} {reason}"), field=detail["loc"][0], reason=reason_of(detail)) from None


def _host(url: str) -> str:
    """Return the name of an address's site, without www; empty where it has none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:  # brackets that hold no number of a host
        return ""


def _extra(row: RawPair) -> str | None:
    """Return what only files of our own layout tell of a pair, as JSON. Raises Refusal where it is wrong."""
    extra: dict[str, Any] = {}
    if row.fields:
        known = set(Field)
        extra["fields"] = [name for name in dict.fromkeys(row.fields) if name in known]
    if row.disputed:
        extra["disputed"] = True
    if row.note:
        try:
            extra["note"] = Bilingual(**dict(row.note)).model_dump(exclude_defaults=True)
        except (ValidationError, TypeError):
            raise Refusal(N_("a note that cannot be read")) from None
    return json.dumps(extra, ensure_ascii=False) if extra else None
