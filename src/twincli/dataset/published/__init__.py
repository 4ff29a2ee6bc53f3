"""The JSON that scripts rely on, as models: what ``twincli data schema`` publishes, and what the tests hold output to.

Stable: keys are only ever added.
"""

from __future__ import annotations

from typing import Any

from pydantic import RootModel, TypeAdapter

from twincli.dataset.models import Dataset
from twincli.dataset.published.counts import CountOut, DecadeOut, OverviewOut, ReachOut
from twincli.dataset.published.data import DifferenceOut, ImportOut, InfoOut, ProblemOut, RemovalOut, UpdateOut
from twincli.dataset.published.graph import PathOut
from twincli.dataset.published.notes import NoteOut, TopicOut
from twincli.dataset.published.pairs import AnniversaryOut, CityCardOut, PairCardOut, PairOut
from twincli.dataset.published.search import HitOut

SCHEMAS: dict[str, Any] = {
    "list": RootModel[list[PairOut]],
    "map": RootModel[list[PairOut]],
    "show CITY": CityCardOut,
    "show CITY CITY": PairCardOut,
    "search": RootModel[list[HitOut]],
    "stats": OverviewOut,
    "stats --by": RootModel[list[CountOut]],
    "stats --by decade": RootModel[list[DecadeOut]],
    "stats --by component": RootModel[list[ReachOut]],
    "path": PathOut,
    "anniversaries": RootModel[list[AnniversaryOut]],
    "explain": RootModel[list[TopicOut]],
    "explain TOPIC": NoteOut,
    "explain --all": RootModel[list[NoteOut]],
    "data info": InfoOut,
    "data import": ImportOut,
    "data update": UpdateOut,
    "data remove": RemovalOut,
    "data diff": RootModel[list[DifferenceOut]],
    "data check": RootModel[list[ProblemOut]],
    "data file": Dataset,
}


def json_schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a document by its name in ``SCHEMAS``."""
    # Validation mode has the keys that may be absent as optional, which the serialised form leaves out.
    schema = TypeAdapter(SCHEMAS[name]).json_schema(mode="validation")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": f"twincli {name}"}
