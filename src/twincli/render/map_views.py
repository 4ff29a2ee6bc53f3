"""The view of ``twincli map``: pairs as lines between places."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from twincli.render.views import ListOfDocs, RecordsArePairs
from twincli.vocabulary import Zoom

if TYPE_CHECKING:
    from twincli.query.info import OriginInfo
    from twincli.query.ties import Tie


@dataclass(frozen=True, eq=False, repr=False)
class PairMap(ListOfDocs, RecordsArePairs):
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
