"""The views of ``twincli stats``: pairs counted by something, components, and a selection at a glance."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from twincli.render.views import ListOfRecords

if TYPE_CHECKING:
    from twincli.query.components import Reach
    from twincli.query.overview import Overview
    from twincli.query.stats import Tally
    from twincli.render.columns import Column


@dataclass(eq=False, repr=False)
class CountList(ListOfRecords):
    """Pairs counted by something, as ``stats --by`` gives them."""

    drawing: ClassVar[str] = "draw_stats:draw_counts"

    tally: Tally

    def records(self) -> Iterator[str]:
        for count in self.tally.counts:
            yield json.dumps(count, ensure_ascii=False)

    def columns(self) -> Sequence[Column]:
        from twincli.render.count_columns import count_columns

        return count_columns(self.tally)


@dataclass(eq=False, repr=False)
class ComponentList(ListOfRecords):
    """Cities connected with each other, as ``stats --by component`` gives them."""

    drawing: ClassVar[str] = "draw_stats:draw_components"

    reach: Reach

    def records(self) -> Iterator[str]:
        for component in self.reach.components:
            yield json.dumps(component, ensure_ascii=False)

    def columns(self) -> Sequence[Column]:
        from twincli.render.count_columns import COMPONENT_COLUMNS

        return COMPONENT_COLUMNS


@dataclass(eq=False, repr=False)
class OverviewCard:
    """A selection at a glance, as ``stats`` gives it."""

    drawing: ClassVar[str] = "draw_stats:draw_overview"

    overview: Overview

    def json(self) -> Iterator[str]:
        view = self.overview
        numbers = {
            "pairs": view.pairs,
            "cities": view.cities,
            "countries": view.countries,
            "dated": view.dated,
            "sourced_twice": view.sourced_twice,
            "kinds": view.kinds,
            "statuses": view.statuses,
            "confidences": view.confidences,
            "most_connected": view.most_connected,
            "countries_most": view.countries_most,
        }
        yield json.dumps(numbers, ensure_ascii=False)[:-1]
        for key, doc in self._pairs().items():
            yield f',\n"{key}": {doc or "null"}'
        yield "}\n"

    def _pairs(self) -> Mapping[str, str | None]:
        return {"oldest": self.overview.oldest, "newest": self.overview.newest, "longest": self.overview.longest}

    def records(self) -> Iterator[str]:
        """Yield a measure a record, as formats made of columns need them."""
        for measure, of, value in self._measures():
            yield json.dumps({"measure": measure, "of": of, "value": value}, ensure_ascii=False)

    def _measures(self) -> Iterator[tuple[str, str | None, Any]]:
        view = self.overview
        for measure in ("pairs", "cities", "countries", "dated", "sourced_twice"):
            yield measure, None, getattr(view, measure)
        for measure, counts in (("kind", view.kinds), ("status", view.statuses), ("confidence", view.confidences)):
            for value, pairs in counts.items():
                yield measure, value, pairs
        for measure, groups in (("city", view.most_connected), ("country", view.countries_most)):
            for group in groups:
                yield measure, group["value"], group["pairs"]
        for measure, key in (("oldest", "since"), ("newest", "since"), ("longest", "distance_km")):
            doc = self._pairs()[measure]
            if doc:
                pair = json.loads(doc)
                yield measure, pair["id"], pair[key]

    def columns(self) -> Sequence[Column]:
        from twincli.render.count_columns import MEASURE_COLUMNS

        return MEASURE_COLUMNS
