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
from twincli.vocabulary import Document

SCHEMAS: dict[Document, Any] = {
    Document.LIST: RootModel[list[PairOut]],
    Document.MAP: RootModel[list[PairOut]],
    Document.SHOW_CITY: CityCardOut,
    Document.SHOW_CITY_CITY: PairCardOut,
    Document.SEARCH: RootModel[list[HitOut]],
    Document.STATS: OverviewOut,
    Document.STATS_BY: RootModel[list[CountOut]],
    Document.STATS_BY_DECADE: RootModel[list[DecadeOut]],
    Document.STATS_BY_COMPONENT: RootModel[list[ReachOut]],
    Document.PATH: PathOut,
    Document.ANNIVERSARIES: RootModel[list[AnniversaryOut]],
    Document.EXPLAIN: RootModel[list[TopicOut]],
    Document.EXPLAIN_TOPIC: NoteOut,
    Document.EXPLAIN_ALL: RootModel[list[NoteOut]],
    Document.DATA_INFO: InfoOut,
    Document.DATA_IMPORT: ImportOut,
    Document.DATA_UPDATE: UpdateOut,
    Document.DATA_REMOVE: RemovalOut,
    Document.DATA_DIFF: RootModel[list[DifferenceOut]],
    Document.DATA_CHECK: RootModel[list[ProblemOut]],
    Document.DATA_FILE: Dataset,
}


def json_schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a document, a value of ``Document``."""
    # Validation mode has the keys that may be absent as optional, which the serialised form leaves out.
    schema = TypeAdapter(SCHEMAS[Document(name)]).json_schema(mode="validation")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": f"twincli {name}"}
