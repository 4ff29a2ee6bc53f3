"""The view of ``twincli map``: pairs as lines between places."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from twincli.render.views import json_array
from twincli.vocabulary import Zoom

if TYPE_CHECKING:
    from twincli.query.info import OriginInfo
    from twincli.query.ties import Tie
    from twincli.render.columns import Column


@dataclass(frozen=True, eq=False, repr=False)
class PairMap:
    """Pairs on a map; for programs the same records as ``list`` gives."""

    drawing: ClassVar[str] = "draw_map:draw_map"

    docs: Iterator[str]
    """The pairs' JSON documents, read from the index as they are asked for."""
    ties: Callable[[], Sequence[Tie]]
    """Gives the same pairs as ties, which is all that a map of characters needs."""
    title: str
    asked: frozenset[str]
    """The ids of the cities asked for by name."""
    total: int | None
    """How many pairs are selected whatever the limit; counted for people only."""
    zoom: Zoom | None
    """How much of the world is shown; None lets the selection decide."""
    origins: Sequence[OriginInfo]
    """The data files that were searched."""

    def json(self) -> Iterator[str]:
        yield from json_array(self.docs)
        yield "\n"

    def records(self) -> Iterator[str]:
        return self.docs

    def pair_docs(self) -> Iterator[str]:
        return self.docs

    def columns(self) -> Sequence[Column]:
        from twincli.render.columns import PAIR_COLUMNS

        return PAIR_COLUMNS
