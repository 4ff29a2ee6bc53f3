"""Everything that Wikidata knows of twinnings, fetched piece by piece, at most two at once.

What fails is tried again later, and in halves where it was too slow; what has been answered is kept.
"""

from __future__ import annotations

import asyncio
import re
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import Protocol

from twincli.errors import BadData
from twincli.i18n import _
from twincli.layers.wikidata.answers import MalformedAnswer, Row, item_in, rows_of
from twincli.layers.wikidata.client import Client, Failed
from twincli.layers.wikidata.pieces import Pieces
from twincli.layers.wikidata.sparql import FINEST, Part, countries_query, twinnings_query

AT_ONCE = 2
TRIES = 6
# How many twinnings a piece should have: about 1 MB, and far from the 60 seconds that Wikidata's service allows.
PIECE = 1000
LONGEST_PAUSE = 60.0
# To wait longer is the user's decision: finished pieces are kept.
LONGEST_WAIT = 600.0
# A question that was too slow twice is asked in halves, unless it is so small that something else must be wrong.
_SPLIT_AFTER = 2
_WORTH_SPLITTING = 20
# Python refuses to read numbers of thousands of digits, and no country has billions of twinnings.
_COUNT = re.compile(r"[0-9]{1,9}")

_WHOLE = Part()


class FetchWatch(Protocol):
    """Whoever wants to know how far it is."""

    def expect(self, pieces: int) -> None:
        """Say how many pieces there are in all, as far as is known by now."""

    def finish(self, about: str) -> None:
        """Say that another piece is at hand, of the country of this name."""

    def wait(self, seconds: float, reason: str) -> None:
        """Say that a try has failed for this reason, and that the next is so many seconds away."""


@dataclass(frozen=True)
class Country:
    """A country that has cities with twinnings."""

    item: str | None
    """Such as Q183; None for all items without a country."""
    name: str
    statements: int


@dataclass(frozen=True)
class _Task:
    """A piece to be asked for: a country's part, or, without a country, the list of countries."""

    query: str
    wanted: str
    """The column that the answer must have."""
    about: str
    country: Country | None = None
    part: Part = _WHOLE
    failures: int = 0
    cost: int = 0
    """What has gone of the tries that it may take."""

    def halves(self) -> list[_Task]:
        """Return two tasks that together are this one, or nothing where there is little to divide."""
        country = self.country
        if country is None or self.part.of == FINEST or country.statements / self.part.of < _WORTH_SPLITTING:
            return []
        # A half is given one chance, not two.
        failures = min(self.failures, _SPLIT_AFTER - 1)
        return [
            replace(self, query=twinnings_query(country.item, part), part=part, failures=failures)
            for part in self.part.halves()
        ]


@dataclass
class Harvest:
    """What has been fetched: about the countries, and the answers, which are read one at a time."""

    pieces: Pieces
    sovereigns: dict[str, set[str]] = field(default_factory=dict)
    """For the code of a territory those of the countries that it belongs to: DK for GL."""
    counted: int = 0
    """How many statements the endpoint said there are, deprecated ones included."""
    queries: list[str] = field(default_factory=list)
    reused: int = 0
    """How many of the pieces were at hand from before."""

    @property
    def count(self) -> int:
        """How many pieces there are, the list of countries being one."""
        return 1 + len(self.queries)

    def answers(self) -> Iterator[list[Row]]:
        """Yield the rows of each piece, in the order of the plan."""
        for query in self.queries:
            yield _kept_rows(self.pieces, query, "statement")


def _kept_rows(pieces: Pieces, query: str, column: str) -> list[Row]:
    """Return the rows of an answer that has come before. Raises BadData where it is gone."""
    content = pieces.read(query)
    if content is None:
        raise BadData(_("The cache was emptied during the update; run it again."))
    return rows_of(content, column)


def fetch_all(
    connect: Callable[[], Client], pieces: Pieces, watch: FetchWatch, *, pause: float, size: int = PIECE
) -> Harvest:
    """Fetch all twinnings, about ``size`` at a time; ``pause`` is how many seconds the first repetition waits.

    Raises BadData where the endpoint does not give them; what it gave by then is kept in ``pieces``.
    """

    async def run() -> Harvest:
        async with connect() as client:
            return await _Fetch(client, pieces, watch, pause, size).run()

    return asyncio.run(run())


class _Fetch:
    def __init__(self, client: Client, pieces: Pieces, watch: FetchWatch, pause: float, size: int) -> None:
        self._client, self._pieces, self._watch, self._pause, self._size = client, pieces, watch, pause, size
        self._harvest = Harvest(pieces)
        self._tasks: deque[_Task] = deque()
        self._finished: dict[tuple[int, str, float], str] = {}
        self._expected = 1
        self._open_at = 0.0
        """When the endpoint, having asked for patience, may be asked again."""

    async def run(self) -> Harvest:
        self._watch.expect(self._expected)
        first = _Task(countries_query(), "statements", _("the list of countries"))
        await self._do(first)
        countries = self._read_countries(first.query)
        for country in countries:
            self._tasks.extend(
                _Task(twinnings_query(country.item, part), "statement", country.name, country, part)
                for part in self._parts(country.statements)
            )
        self._grow(len(self._tasks))
        await self._work_together()
        self._harvest.queries = [self._finished[place] for place in sorted(self._finished)]
        return self._harvest

    def _read_countries(self, query: str) -> list[Country]:
        """Return the countries, the large ones first: they decide how long it takes."""
        found: dict[str, Country] = {}
        for row in _kept_rows(self._pieces, query, "statements"):
            item, count = item_in(row, "country"), row.get("statements", "")
            if item and _COUNT.fullmatch(count):
                found[item] = Country(item, row.get("name") or item, int(count))
            if "code" in row and "sovereign" in row:
                self._harvest.sovereigns.setdefault(row["code"], set()).add(row["sovereign"])
        self._harvest.counted = sum(country.statements for country in found.values())
        if not self._harvest.counted:
            message = _("{host} answers, but knows no twinnings (P190); is it a copy of Wikidata?")
            raise BadData(message.format(host=self._client.endpoint.host))
        ranked = sorted(found.values(), key=lambda country: (-country.statements, country.item or ""))
        return [*ranked, Country(None, _("no country"), 0)]

    def _parts(self, statements: int) -> Iterator[Part]:
        of = 1
        while statements > of * self._size and of < FINEST:
            of *= 2
        return (Part(number, of) for number in range(of))

    def _grow(self, tasks: int) -> None:
        self._expected += tasks
        self._watch.expect(self._expected)

    async def _work_together(self) -> None:
        workers = [asyncio.create_task(self._work()) for __ in range(AT_ONCE)]
        try:
            # The first that fails ends it.
            await asyncio.gather(*workers)
        finally:
            for worker in workers:
                worker.cancel()
            with suppress(asyncio.CancelledError):
                await asyncio.gather(*workers, return_exceptions=True)

    async def _work(self) -> None:
        while self._tasks:
            await self._do(self._tasks.popleft())

    async def _do(self, task: _Task) -> None:
        """See to it that a piece is at hand, or that its halves are next."""
        while not self._is_at_hand(task):
            # An earlier run may have found out already that it is too slow.
            halves = task.halves()
            if halves and (task.failures >= _SPLIT_AFTER or any(self._pieces.has(half.query) for half in halves)):
                self._tasks.extendleft(reversed(halves))
                self._grow(1)
                return
            try:
                content = await self._ask(task)
            except Failed as failure:
                task = await self._after(failure, task)
                continue
            self._pieces.keep(task.query, content)
            self._reach(task)
            return

    def _is_at_hand(self, task: _Task) -> bool:
        if not self._pieces.has(task.query):
            return False
        self._harvest.reused += 1
        self._reach(task)
        return True

    def _reach(self, task: _Task) -> None:
        if task.country is not None:
            country = task.country
            place = -country.statements, country.item or "", task.part.number / task.part.of
            self._finished[place] = task.query
        self._watch.finish(task.about)

    async def _ask(self, task: _Task) -> bytes:
        while (rest := self._open_at - monotonic()) > 0:
            await asyncio.sleep(rest)
        content = await self._client.ask(task.query)
        try:
            rows_of(content, task.wanted)
        except MalformedAnswer:
            raise Failed(_("its answer is cut off or no result of a query"), is_slow=True) from None
        return content

    async def _after(self, failure: Failed, task: _Task) -> _Task:
        """Wait as long as is right after a failed try, and return what is to be tried then.

        Raises BadData where there is no point in going on.
        """
        failures = task.failures + failure.is_slow
        tried = replace(task, failures=failures, cost=task.cost + failure.cost)
        host = self._client.endpoint.host
        if tried.cost >= TRIES:
            message = _(
                "{host} does not give {piece}: {reason}. What it gave is kept for a day; run the command again."
            )
            raise BadData(message.format(host=host, piece=task.about, reason=failure.reason))
        wait = min(LONGEST_PAUSE, self._pause * 2**task.cost)
        if failure.wait is not None:
            wait = max(wait, failure.wait)
            if wait > LONGEST_WAIT:
                message = _("{host} asks to wait {minutes} minutes. What it gave is kept for a day; come back then.")
                raise BadData(message.format(host=host, minutes=round(wait / 60)))
            # It speaks to the client as a whole, not about this piece.
            self._open_at = max(self._open_at, monotonic() + wait)
        self._watch.wait(wait, failure.reason)
        await asyncio.sleep(wait)
        return tried
