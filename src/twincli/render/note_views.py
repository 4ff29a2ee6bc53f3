"""The views of ``twincli explain``: the list of topics, and concept notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from twincli.render.views import ListOfDocs, json_array

if TYPE_CHECKING:
    from twincli.render.columns import Column


@dataclass(frozen=True, eq=False, repr=False)
class TopicList(ListOfDocs):
    """The topics of the concept notes, as ``explain`` gives them."""

    drawing: ClassVar[str] = "draw_note:draw_topics"

    docs: Iterable[str]

    def columns(self) -> Sequence[Column]:
        from twincli.render.columns import TOPIC_COLUMNS

        return TOPIC_COLUMNS


@dataclass(frozen=True, eq=False, repr=False)
class NotePages:
    """One concept note, or all of them, as ``explain TOPIC`` and ``explain --all`` give them."""

    drawing: ClassVar[str] = "draw_note:draw_notes"

    docs: Sequence[str]
    is_handbook: bool = False
    """Whether these are all notes, so that the JSON is an array."""
    example_names: Mapping[str, tuple[tuple[str, str], tuple[str, str]]] = field(default_factory=dict)
    """The English and Indonesian names of the cities of each example pair."""
    is_section: bool = False
    """Whether the body is one section alone."""

    def json(self) -> Iterator[str]:
        if self.is_handbook:
            yield from json_array(self.docs)
        else:
            yield self.docs[0]
        yield "\n"

    def records(self) -> Iterator[str]:
        return iter(self.docs)

    def columns(self) -> Sequence[Column]:
        from twincli.render.columns import TOPIC_COLUMNS

        return TOPIC_COLUMNS
