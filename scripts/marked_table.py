"""A table that a script made, in the page that shows it."""

from __future__ import annotations

from pathlib import Path


def put_table(page: Path, table: str, name: str) -> None:
    """Put a table between its marks in a page; end with a sentence where they are missing."""
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    before, opening, rest = page.read_text("utf-8").partition(begin)
    __, closing, after = rest.partition(end)
    if not opening or not closing:
        raise SystemExit(f"The table was not written: {page} has no {begin} with {end} behind it.")
    page.write_text(f"{before}{begin}\n{table}\n{end}{after}", "utf-8")
