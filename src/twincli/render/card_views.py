"""The views of ``twincli show``: a city and its partners, and two cities with what ties them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from twincli.render.views import RecordsArePairs, json_array


@dataclass(eq=False, repr=False)
class CityCard(RecordsArePairs):
    """A city and all its partners, as ``show CITY`` gives them."""

    drawing: ClassVar[str] = "draw_card:draw_city_card"

    city: str
    """The city's JSON document."""
    docs: Sequence[str]
    """Its pairs' JSON documents, newest facts first."""

    def json(self) -> Iterator[str]:
        yield f'{{"city": {self.city},\n"pairs": '
        yield from json_array(self.docs)
        yield "}\n"

    def records(self) -> Iterator[str]:
        return iter(self.docs)


@dataclass(eq=False, repr=False)
class PairCard(RecordsArePairs):
    """Two cities, as ``show CITY CITY`` gives them: what ties them, and the partners that both have."""

    drawing: ClassVar[str] = "draw_card:draw_pair_card"

    cities: tuple[str, str]
    """Their JSON documents."""
    doc: str | None
    """Their pair's JSON document; None where they are not paired."""
    common: Sequence[tuple[str, str, str]]
    """For each shared partner its JSON document and the ids of both pairs."""

    def json(self) -> Iterator[str]:
        import json

        yield f'{{"pair": {self.doc or "null"},\n"common": '
        yield from json_array(
            f'{{"city": {city}, "pairs": {json.dumps([one, other])}}}' for city, one, other in self.common
        )
        yield "}\n"

    def records(self) -> Iterator[str]:
        if self.doc:
            yield self.doc
