"""What answers: the data, its size, the index, the language, and why each was chosen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

from twincli import __version__
from twincli.i18n import language
from twincli.index.store import Index
from twincli.locations import cache_folder, data_files
from twincli.query import statements
from twincli.text import clean


class OriginInfo(TypedDict):
    """A data file that the index was built from; ``added`` counts what files before it did not have."""

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


class Info(TypedDict):
    """The answer of ``data info``; see ``InfoOut`` in ``dataset/published/`` for each key."""

    version: str
    data: str
    data_reason: str
    title: str
    date: str
    pairs: int
    cities: int
    countries: int
    licence: str
    attribution: str
    layers: list[OriginInfo]
    index: str | None
    index_reason: str
    language: str
    language_reason: str


def describe(index: Index, data: str | None, environ: Mapping[str, str], language_reason: str) -> Info:
    """Return what answers in this run; ``language_reason`` is what chose the language."""
    meta = dict(index.connection.execute(statements.META).fetchall())
    first, *layers = origins(index)
    files = data_files(data, environ)
    return Info(
        version=__version__,
        data=clean(str(files.pairs)),
        data_reason=files.reason,
        title=first["title"],
        date=first["date"],
        pairs=int(meta["pairs"]),
        cities=int(meta["cities"]),
        countries=int(meta["countries"]),
        licence=first["licence"],
        attribution=first["attribution"],
        layers=layers,
        index=clean(str(index.path)) if index.path else None,
        index_reason=_index_reason(index, environ),
        language=language(),
        language_reason=language_reason,
    )


def _index_reason(index: Index, environ: Mapping[str, str]) -> str:
    """Return the variable that decided where the index lies, or why it lies in memory."""
    folder, variable = cache_folder(environ)
    if index.path:
        return variable
    if index.distrusted:
        return "shared"
    return "unwritable" if folder else "homeless"


def origins(index: Index) -> list[OriginInfo]:
    """Return the data files that the index was built from, by rank."""
    return [
        OriginInfo(
            name=name,
            path=path,
            title=title,
            date=date,
            licence=licence,
            attribution=attribution,
            cities=cities,
            added_cities=added_cities,
            pairs=pairs,
            added_pairs=added_pairs,
        )
        for name, path, title, date, licence, attribution, cities, added_cities, pairs, added_pairs in (
            index.connection.execute(statements.ORIGINS)
        )
    ]
