"""The conditions that filters become."""

from __future__ import annotations

from typing import Any, NamedTuple

ONE_END = frozenset({"--country", "--city", "--region"})
"""The options that all speak of the same end of a pair."""


class Clause(NamedTuple):
    """One condition in SQL with its parameters, and the option that it stands for."""

    option: str
    sql: str
    parameters: tuple[Any, ...]
