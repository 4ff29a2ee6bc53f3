"""Compiling the names by which things are found."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from twincli.index.schema import Tier
from twincli.text import fold


def add_names(connection: sqlite3.Connection, kind: str, target: str, names: Iterable[tuple[Tier, str]]) -> None:
    """Make a thing be found by its names; where two names fold to one key, the more direct one stands."""
    best: dict[str, tuple[Tier, str]] = {}
    for tier, name in names:
        key = fold(name)
        if key and (key not in best or tier < best[key][0]):
            best[key] = tier, name
    connection.executemany(
        "INSERT INTO name VALUES (?, ?, ?, ?, ?)",
        [(key, kind, target, tier, label) for key, (tier, label) in best.items()],
    )
