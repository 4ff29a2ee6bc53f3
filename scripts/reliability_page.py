"""The page that holds what the fuzzer and the tormentor counted last."""

from __future__ import annotations

from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "reliability.md"


def write_table(table: str, name: str) -> None:
    """Put a table between its marks in docs/reliability.md; end with a sentence where they are missing."""
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    before, opening, rest = PAGE.read_text("utf-8").partition(begin)
    __, closing, after = rest.partition(end)
    if not opening or not closing:
        raise SystemExit(f"The table was not written: {PAGE} has no {begin} with {end} behind it.")
    PAGE.write_text(f"{before}{begin}\n{table}\n{end}{after}", "utf-8")
