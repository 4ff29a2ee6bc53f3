"""The view of ``twincli anniversaries``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from twincli.render.views import ListOfDocs

if TYPE_CHECKING:
    from twincli.render.columns import Column


@dataclass(frozen=True, eq=False, repr=False)
class AnniversaryList(ListOfDocs):
    """Pairs that reach a round number of years in a year, by date."""

    drawing: ClassVar[str] = "draw_anniversaries:draw_anniversaries"

    docs: Sequence[str]
    year: int
    data_date: str
    """When the data was last revised, as precise as it says: the time stamp of a calendar."""
    has_undated_events: bool = False
    """Whether a calendar has pairs whose day is unknown too, as events of the whole month or year."""

    def pair_docs(self) -> Iterator[str]:
        return iter(self.docs)

    def columns(self) -> Sequence[Column]:
        from twincli.render.columns import ANNIVERSARY_COLUMNS

        return ANNIVERSARY_COLUMNS
