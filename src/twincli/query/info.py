"""What answers: the data, its size, the index, the language, and why each was chosen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

from twincli import __version__
from twincli.i18n import choose_language, language
from twincli.index.store import Index
from twincli.locations import cache_folder, data_files
from twincli.query import statements


class Info(TypedDict):
    """The answer of ``data info``; see ``InfoOut`` in ``dataset/published.py`` for each key."""

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
    index: str | None
    index_reason: str
    language: str
    language_reason: str


def describe(index: Index, data: str | None, environ: Mapping[str, str]) -> Info:
    """Return what answers in this run."""
    meta = dict(index.connection.execute(statements.META).fetchall())
    files = data_files(data, environ)
    chosen, variable = choose_language(environ)
    spoken = language()
    return Info(
        version=__version__,
        data=str(files.pairs),
        data_reason=files.reason,
        title=meta["title"],
        date=meta["date"],
        pairs=int(meta["pairs"]),
        cities=int(meta["cities"]),
        countries=int(meta["countries"]),
        licence=meta["licence"],
        attribution=meta["attribution"],
        index=str(index.path) if index.path else None,
        index_reason=cache_folder(environ)[1],
        language=spoken,
        language_reason=variable if spoken is chosen else "--lang",
    )
