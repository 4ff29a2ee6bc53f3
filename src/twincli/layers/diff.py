"""What an imported file has that the bundled data lacks, and where the two disagree, for a maintainer's review."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from twincli.dataset.layout import record_values
from twincli.dataset.models import Pair
from twincli.layers.assembly import Assembly, End, LayerPair
from twincli.layers.known import Known
from twincli.vocabulary import Kind, Status


class Aspect(StrEnum):
    """In what the two differ."""

    SINCE = "since"
    UNTIL = "until"
    STATUS = "status"
    KIND = "kind"
    PAIR = "pair"  # the bundled data lacks it


@dataclass(frozen=True)
class Difference:
    """One thing in which a file and the bundled data differ."""

    aspect: Aspect
    pair: str
    """The id of the bundled pair, or the one that the file's pair would have."""
    ends: tuple[End, End]
    bundled: str | None
    """What the bundled data says; None where it says nothing."""
    file: str | None
    """What the file says."""
    line: int
    sources: list[dict[str, Any]]
    """The file's sources, as they would stand in a data file."""
    record: dict[str, Any] | None
    """The pair as it would stand there, where it is lacking."""
    cities: list[dict[str, Any]]
    """The pair's cities that are lacking too."""


def differences(
    assembly: Assembly, known: Known, countries: Container[str] | None, *, is_layer: bool = False
) -> Iterator[Difference]:
    """Yield where the file and the known data disagree, then the pairs that are lacking, each sorted by id.

    With ``countries``, only pairs with a city in one of them. In a layer, "sister" is the kind of pairs of which the
    imported file did not tell any, so that it disputes nothing.
    """
    bundled = {pair.id: pair for pair in known.pairs}
    for found in _chosen(assembly, countries):
        if found.known is not None:
            stated = found._replace(kind=None) if is_layer and found.kind == Kind.SISTER else found
            yield from _disagreements(assembly, stated, bundled[found.known])
    for found in _chosen(assembly, countries):
        if found.known is None:
            cities = [record_values(assembly.city(end.id)) for end in found.ends if end.id not in known.cities]
            record = assembly.pair_record(found)
            yield _difference(assembly, found, Aspect.PAIR, (None, None), record=record, cities=cities)


def _chosen(assembly: Assembly, countries: Container[str] | None) -> Iterator[LayerPair]:
    for pair in assembly.layer_pairs():
        if countries is None or any(end.country in countries for end in pair.ends):
            yield pair


def _disagreements(assembly: Assembly, found: LayerPair, pair: Pair) -> Iterator[Difference]:
    for aspect, ours, theirs in (
        (Aspect.SINCE, pair.since, found.since),
        (Aspect.UNTIL, pair.until, found.until),
    ):
        # A date that is only less exact says nothing new.
        if theirs and not (ours or "").startswith(theirs):
            yield _difference(assembly, found, aspect, (ours, theirs))
    if found.status not in {None, Status.UNKNOWN, pair.status}:
        yield _difference(assembly, found, Aspect.STATUS, (pair.status, found.status))
    if found.kind not in {None, pair.kind}:
        yield _difference(assembly, found, Aspect.KIND, (pair.kind, found.kind))


def _difference(
    assembly: Assembly,
    found: LayerPair,
    aspect: Aspect,
    said: tuple[str | None, str | None],
    *,
    record: dict[str, Any] | None = None,
    cities: list[dict[str, Any]] | None = None,
) -> Difference:
    sources = assembly.sources_of(found)
    return Difference(aspect, found.id, found.ends, *said, found.line, sources, record, cities or [])
