"""What is shown: the results of each command, apart from the form that they take.

Every view gives its JSON, its records one by one, and its rows for the formats made of columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Protocol, runtime_checkable

if TYPE_CHECKING:
    from twincli.query.places import City
    from twincli.render.columns import Column


class View(Protocol):
    """What a format can ask of a result."""

    drawing: ClassVar[str]
    """The function that draws it for people, as module:function in ``render``; imported only to draw."""

    def json(self) -> Iterator[str]:
        """Yield the result as one JSON text, in pieces; each record of a list is on a line of its own."""
        ...

    def records(self) -> Iterator[str]:
        """Yield the result's records as JSON texts without line breaks."""
        ...

    def columns(self) -> Sequence[Column]:
        """Return the columns of a record for formats made of columns."""
        ...


@runtime_checkable
class HoldsPairs(Protocol):
    """A view with pairs of cities in it, so that it has a form on a map and as a graph too."""

    def pair_docs(self) -> Iterator[str]:
        """Yield the JSON documents of its pairs."""
        ...


def json_array(docs: Iterable[str]) -> Iterator[str]:
    """Yield JSON documents as an array, one a line, in constant memory."""
    opening = "[\n"
    for doc in docs:
        yield opening
        yield doc
        opening = ",\n"
    yield "[]" if opening == "[\n" else "\n]"


class ListOfRecords:
    """What the views have in common whose JSON is an array of their records."""

    if TYPE_CHECKING:

        def records(self) -> Iterator[str]: ...

    def json(self) -> Iterator[str]:
        """Yield the records as an array."""
        yield from json_array(self.records())
        yield "\n"


class ListOfDocs(ListOfRecords):
    """What the views have in common that are a list of JSON documents."""

    docs: Iterable[str]

    def records(self) -> Iterator[str]:
        """Yield the documents."""
        return iter(self.docs)


class RecordsArePairs:
    """What the views have in common whose records are pairs."""

    if TYPE_CHECKING:

        def records(self) -> Iterator[str]: ...

    def pair_docs(self) -> Iterator[str]:
        """Yield the JSON documents of the pairs."""
        return self.records()

    def columns(self) -> Sequence[Column]:
        """Return the columns of a pair."""
        from twincli.render.columns import PAIR_COLUMNS

        return PAIR_COLUMNS


@dataclass(eq=False, repr=False)
class PairList(ListOfDocs, RecordsArePairs):
    """Pairs as ``list`` gives them."""

    drawing: ClassVar[str] = "draw_list:draw_pair_list"

    docs: Iterable[str]
    cities: Sequence[City] = ()
    """The cities asked for, if any."""
    total: int | None = None
    """How many pairs are selected whatever the limit; counted for people only."""
    is_by_city: bool = True
    """Whether equal cities stand together."""
