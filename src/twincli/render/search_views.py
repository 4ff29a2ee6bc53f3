"""The view of ``twincli search``: what was found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from twincli.render.views import ListOfDocs
from twincli.vocabulary import EntryType

if TYPE_CHECKING:
    from twincli.render.columns import Column


@dataclass(frozen=True, eq=False, repr=False)
class HitList(ListOfDocs):
    """Hits of a search, best first."""

    drawing: ClassVar[str] = "draw_search:draw_hits"

    docs: Iterable[str]
    counts: Mapping[EntryType, int]
    """How many hits there are of each sort, whatever the limit."""

    def columns(self) -> Sequence[Column]:
        from twincli.render.columns import HIT_COLUMNS

        return HIT_COLUMNS
