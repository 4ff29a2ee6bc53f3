"""Which pair a row of a file means: one for every two cities, whichever stands first."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pydantic import ValidationError

from twincli.clock import this_day
from twincli.dataset.check import Located, misplaced
from twincli.dataset.models import Bilingual
from twincli.dataset.problems import Reason, Refusal, reason_of
from twincli.i18n import N_
from twincli.layers.cited import add_source
from twincli.layers.doubts import Doubts
from twincli.layers.known import Known
from twincli.layers.register import ADD_PAIR, FILL_PAIR, KNOWN_AS, PAIR, PLACE, Register
from twincli.layers.rows import RawPair, RawSource
from twincli.layers.values import MAX_LINE, is_ambiguous, kind_of, partial_date, status_of, tidy
from twincli.text import clean, fold
from twincli.vocabulary import OVER, Field, Kind, Status
from twincli.wording import by_label

_GIVEN = "Is given as a reference for this pair."
_LINES_SHOWN = 5
# The kinds that not every two places can have.
OF_NEIGHBOURS = frozenset({Kind.BORDER, Kind.CONURBATION, Kind.CAPITAL})


@dataclass
class Rejections:
    """The rows rejected for one reason."""

    example: Reason
    count: int = 0
    lines: list[int] = field(default_factory=list)
    """The first of them, each once: all records of a file without line breaks are on line 1."""
    is_mixed: bool = False
    """Whether the reason of some is another of this sort than the example."""


class _Told(NamedTuple):
    """What one row tells of its pair."""

    since: str | None
    until: str | None
    status: str | None
    """As the row states it; that a pair has ended may also follow from ``until``."""
    kind: str | None
    statements: list[list[Any]]
    """The number of each source, and what it says."""
    extra: dict[str, Any]
    """What else may stand in a data file: fields, note, disputed."""


class _Place(NamedTuple):
    """Where a city lies."""

    country: str
    lat: float
    lon: float


class PairJoiner:
    """Puts the pairs of a file into the register, each once, and keeps account."""

    def __init__(self, register: Register, known: Known) -> None:
        self._register = register
        self._known = known
        self._sources: dict[RawSource, int] = {}
        self._today = this_day().isoformat()
        self.repeated = 0
        """How many rows name a pair that an earlier row names."""
        self.rejections: dict[str, Rejections] = {}
        """By the message of the reason, which is the same for all of its kind."""
        self.doubts = Doubts()
        """What was not taken as it stood."""

    @property
    def rejected(self) -> int:
        """How many rows could not be taken."""
        return sum(rejections.count for rejections in self.rejections.values())

    def reject(self, line: int, reason: Reason, text: str) -> None:
        """Note a row that cannot be taken."""
        self._register.reject(line, clean(reason), clean(text))
        rejections = self.rejections.setdefault(reason.message, Rejections(reason))
        rejections.count += 1
        rejections.lines = sorted({*rejections.lines, line})[:_LINES_SHOWN]
        rejections.is_mixed |= reason != rejections.example

    def join(self, row: RawPair, one: int, other: int) -> None:
        """Take a row whose cities have these numbers. Raises Refusal."""
        if one == other:
            raise Refusal(N_("pairs a city with itself"))
        ends = min(one, other), max(one, other)
        told = self._told(row)
        self._refuse_misplaced(told.kind, ends)
        known = self._known_pair(*ends) if self._known.cities else None
        number = self._register.add(
            ADD_PAIR, *ends, row.line, row.id and clean(row.id), told.kind, _status(told.until, told.status),
            told.since, told.until, _json(told.statements), _json(told.extra), known,
        )  # fmt: skip
        if number is None:
            self.repeated += 1
            if any(told) and self._fill(ends, told):
                self.doubts.add("contradiction", str(row.line))

    def _fill(self, ends: tuple[int, int], told: _Told) -> bool:
        """Add to a pair what another row tells of it; what is there already stays. Tell whether they disagree."""
        number, since, until, status, kind, sources, extra = self._register.one(PAIR, *ends)
        if told.until and not until and status in {None, *OVER} and (since or "") <= told.until + "~":
            until, status = told.until, status or _status(told.until, told.status)
        statements: list[list[Any]] = json.loads(sources) if sources else []
        there = {source for source, __ in statements}
        row = (
            since or (told.since if not until or (told.since or "") <= until + "~" else None),
            until,
            status or told.status,
            kind or told.kind,
            _json(statements + [statement for statement in told.statements if statement[0] not in there]),
            _json(_merged(json.loads(extra) if extra else {}, told.extra)),
            number,
        )
        self._register.do(FILL_PAIR, *row)
        both = ((since, told.since), (until, told.until), (status, told.status), (kind, told.kind))
        return any(one and other and not one.startswith(other) and not other.startswith(one) for one, other in both)

    def _refuse_misplaced(self, kind: str | None, ends: tuple[int, int]) -> None:
        """Raise Refusal where two cities cannot have a tie of this kind.

        By where the file puts them, and by where the bundled data does, which is what will be shown of them.
        """
        if kind not in OF_NEIGHBOURS:
            return
        places: list[Located] = []
        shown: list[Located] = []
        for end in ends:
            known, *place = self._register.one(PLACE, end)
            places.append(_Place(*place))
            shown.append(self._known.cities[known] if known else places[-1])
        for one, other in (places, shown):
            if reason := misplaced(Kind(kind), one, other):
                raise Refusal(reason.message, **reason.values)

    def _known_pair(self, one: int, other: int) -> str | None:
        ends = [self._register.one(KNOWN_AS, number)[0] for number in (one, other)]
        pair = self._known.pair(*ends) if all(ends) else None
        return pair.id if pair else None

    def _told(self, row: RawPair) -> _Told:
        """Return what a row tells of its pair. Raises Refusal where that contradicts itself, or cannot be read."""
        since, until = self._date(row.since, "since"), self._date(row.until, "until")
        if until and until > self._today:
            # An end that is planned is none yet, as in agreements for a fixed term.
            self.doubts.add("planned end", until)
            until = None
        for text in row.no_urls:
            self.doubts.add("source", text)
        status = self._word(row.status, "status")
        status = None if status == Status.UNKNOWN else status
        if since and until and until + "~" < since:
            raise Refusal(N_("ended in {until}, before it began in {since}"), until=until, since=since)
        if until and status not in {None, *OVER}:
            raise Refusal(N_("ended in {until}, and its status is {status}"), until=until, status=status)
        kind = self._word(row.kind, "kind")
        return _Told(since, until, status, kind, self._statements(row), self._extra(row))

    def _date(self, text: str | None, column: str) -> str | None:
        found = partial_date(text, column) if text else None
        if text and found and len(text) > len(found) and is_ambiguous(text):
            self.doubts.add("date", text)
        return found

    def _word(self, text: str | None, column: str) -> str | None:
        """Return the value of a closed list that a word stands for; None where there is none, or it is not ours."""
        if not text:
            return None
        found = kind_of(text) if column == "kind" else status_of(text)
        if found is None:
            self.doubts.add(column, text)
        return found

    def _extra(self, row: RawPair) -> dict[str, Any]:
        """Return what few files tell of a pair, as it stands in a data file. Raises Refusal where it is wrong."""
        extra: dict[str, Any] = {}
        if fields := [found for text in row.fields if (found := self._field(text))]:
            extra["fields"] = list(dict.fromkeys(fields))
        if row.disputed:
            extra["disputed"] = True
        if note := _note(row):
            extra["note"] = note
        return extra

    def _field(self, text: str) -> Field | None:
        """Return the field of this name, None where it is none of ours."""
        found = by_label(Field).get(fold(text))
        if found is None and fold(text):
            self.doubts.add("field", text)
        return found

    # --- sources -----------------------------------------------------------------------------------------------------

    def _statements(self, row: RawPair) -> list[list[Any]]:
        """Return the number of each source that a row brings, and what it states."""
        found: dict[int, str] = {}
        for raw in (*row.sources, *(RawSource(url) for url in row.urls)):
            says = tidy(raw.says)[:MAX_LINE].strip() if raw.says else ""
            found.setdefault(self._source(raw._replace(says=None)), says or _GIVEN)
        return [list(entry) for entry in found.items()]

    def _source(self, raw: RawSource) -> int:
        number = self._sources.get(raw)
        if number is None:
            if len(self._sources) > 20_000:
                self._sources.clear()
            number = add_source(self._register, raw)
            self._sources[raw] = number
        return number


def _note(row: RawPair) -> dict[str, str]:
    """Return a row's note as it stands in a data file, empty without one. Raises Refusal where it cannot."""
    try:
        texts = {language: text for language, raw in row.note if (text := tidy(raw))}
    except Refusal as refusal:
        raise Refusal(N_("its note {reason}"), reason=refusal.reason) from None
    if not texts:
        return {}
    try:
        return Bilingual.model_validate(texts).model_dump(exclude_defaults=True)
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        raise Refusal(N_("a note whose {field} {reason}"), field=detail["loc"][0], reason=reason_of(detail)) from None


def _merged(there: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """Return what two rows tell of a pair: the fields of both, and of all else what is there already."""
    merged = {**more, **there}
    if fields := [*there.get("fields", ()), *more.get("fields", ())]:
        merged["fields"] = list(dict.fromkeys(fields))
    return merged


def _status(until: str | None, stated: str | None) -> str | None:
    """Return the status of a pair: what has an end has ended, unless it was only suspended."""
    return Status.ENDED if until and stated is None else stated


def _json(value: list[Any] | dict[str, Any]) -> str | None:
    """Return a value as JSON, None where it is empty."""
    return json.dumps(value, ensure_ascii=False) if value else None
