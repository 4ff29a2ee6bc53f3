"""Small things that all modules of the compilation share."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from twincli.index.schema import Tier
from twincli.text import fold

# One for all: ``json.dumps`` makes a new one for each value.
_ENCODER = json.JSONEncoder(ensure_ascii=False)


def as_json(value: object) -> str:
    """Return a value as JSON on one line."""
    return _ENCODER.encode(value)


def filled(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values that hold something: lists that are empty and names that are absent are left out."""
    return {key: value for key, value in values.items() if value not in (None, [], ())}


def order(enumeration: type[StrEnum]) -> dict[str, int]:
    """Return the place of each value in its closed list, by which it is stored."""
    return {member.value: place for place, member in enumerate(enumeration)}


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
