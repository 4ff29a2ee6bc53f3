"""What ``twincli data`` tells, as published."""

from __future__ import annotations

from typing import Literal

from pydantic import Field as About

from twincli.dataset.models import City, Id, Pair, Source
from twincli.dataset.published.base import Published


class LayerOut(Published):
    """A layer of installed data; ``added`` counts what the data before it does not have."""

    name: str
    path: str
    title: str
    date: str
    licence: str
    attribution: str
    cities: int
    added_cities: int
    pairs: int
    added_pairs: int


class InfoOut(Published):
    """``data info``: what answers, and why."""

    version: str
    data: str
    data_reason: str = About(description="what chose the data: --data, TWINCLI_DATA, or nothing for the bundled data")
    title: str
    date: str
    pairs: int
    cities: int
    countries: int
    licence: str
    attribution: str
    layers: list[LayerOut] = About(description="installed data beside the bundled, by rank")
    index: str | None = About(description="null where the index lives in memory only")
    index_reason: str
    language: str
    language_reason: str


class RejectionsOut(Published):
    """The rows of an imported file that were rejected for one sort of reason."""

    reason: str = About(description="of the first of them, in English")
    count: int
    lines: list[int] = About(description="where the first few stand")


class ImportOut(Published):
    """``data import``: what became of the file's rows; ``read`` is ``added`` + ``merged`` + ``rejected``."""

    name: str = About(description="of the layer")
    file: str
    read: int = About(description="rows of the file that hold something")
    added: int = About(description="pairs that neither the bundled data nor the layer's earlier state had")
    merged: int = About(description="known + kept + repeated: rows whose pair was there already")
    rejected: int
    known: int = About(description="rows whose pair the bundled data has")
    kept: int = About(description="rows whose pair the layer had before")
    repeated: int = About(description="rows whose pair an earlier row of the file has, whichever city stands first")
    removed: int = About(description="pairs that the layer had before and the file has not")
    pairs: int = About(description="how many pairs the layer has now")
    changed: bool = About(description="false where the layer was the same before, and in a dry run")
    dry_run: bool
    path: str = About(description="the layer's file")
    report: str | None = About(description="file with each rejected row, its line and the reason; null without any")
    reasons: list[RejectionsOut] = About(description="why rows were rejected, the most frequent reason first")


class UpdateOut(ImportOut):
    """``data update``: what Wikidata gave, and what became of it; a row is two items that are twinned."""

    endpoint: str
    statements: int = About(ge=0, description="how many statements came, those of a city in two countries twice")
    pieces: int = About(ge=0, description="how many questions that took")
    reused: int = About(ge=0, description="how many of them were answered from the cache of the last day")


class RemovalOut(Published):
    """``data remove``: the layer that has been taken away."""

    name: str
    path: str


class EndOut(Published):
    """A city as an end of a pair."""

    id: Id
    name: str
    country: str = About(description="ISO 3166-1 alpha-2")


class LackingOut(Published):
    """Records that the bundled data lacks, as they would stand there."""

    pair: Pair
    cities: list[City]


class DifferenceOut(Published):
    """``data diff``: one thing in which a file and the bundled data differ."""

    what: Literal["since", "until", "status", "kind", "pair"] = About(
        description="what they disagree on; pair where the bundled data lacks it"
    )
    pair: Id = About(description="of the bundled pair, or the one that the lacking pair would have")
    cities: tuple[EndOut, EndOut]
    bundled: str | None = About(description="what the bundled data says; null where it says nothing")
    file: str | None = About(description="what the file says")
    line: int = About(description="where the pair stands in the file")
    sources: list[Source] = About(description="the file's references for the pair")
    lacking: LackingOut | None = About(description="null where the bundled data has the pair")


class ProblemOut(Published):
    """``data check``: one thing that is wrong."""

    file: str
    record: str | None
    field: str | None
    reason: str
    severity: str = About(description="error or warning")
