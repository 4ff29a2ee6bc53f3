"""The page that holds what the fuzzer and the tormentor counted last."""

from __future__ import annotations

from pathlib import Path

from marked_table import put_table

PAGE = Path(__file__).parents[1] / "docs" / "reliability.md"


def write_table(table: str, name: str) -> None:
    """Put a table between its marks in docs/reliability.md; end with a sentence where they are missing."""
    put_table(PAGE, table, name)
