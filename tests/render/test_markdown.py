"""Markdown: cells in which nothing is taken for markup."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from tests.conftest import Place

NAMES = (
    "a | b",
    "`code`",
    "*stars* and **more**",
    "_lines_",
    "[label](https://example.com)",
    "![image](x.png)",
    "<b>bold</b>",
    "<script>alert(1)</script>",
    "back\\slash \\| and \\",
    "~~gone~~",
    "# title",
    "&lt;i&gt; &amp; &#124;",
    "| --- |",
)


@pytest.mark.parametrize("name", NAMES)
def test_a_cell_reads_as_it_was_written(
    place: Place, small: dict[str, Any], write: Callable[[Any], Path], name: str
) -> None:
    """Whatever a city is called, a reader of Markdown shows just that, in a table of as many columns as ever."""
    next(city for city in small["cities"] if city["id"] == "jakarta-id")["name"] = name
    text = place.run("list", "--city", "jakarta-id", "--format", "markdown", "--data", str(write(small))).stdout
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    cells = [token for token in parser.parse(text) if token.type == "inline"]
    columns = len(text.splitlines()[1].strip("| ").split("|"))
    assert len(cells) == 2 * columns
    city = cells[columns]
    assert {child.type for child in city.children or ()} <= {"text", "text_special"}
    assert "".join(child.content for child in city.children or ()) == name


def test_the_table_speaks_the_reader_s_language(place: Place) -> None:
    """Headings, labels and names are in the language spoken; there are none but those a reader needs."""
    english = place.run("list", "--city", "Cairo", "--format", "markdown").lines
    indonesian = place.run("list", "--city", "Cairo", "--format", "markdown", "--lang", "id").lines
    assert english[2].startswith("| Cairo | Egypt |")
    assert indonesian[2].startswith("| Kairo | Mesir |")
    assert english[0] != indonesian[0]
    assert not re.search(r"\b(lat|lon|_id)", english[0])


def test_a_status_never_stands_without_its_year(place: Place) -> None:
    """Where a status is shown, so is the year in which it was last attested."""
    for line, pair in zip(
        place.run("list", "-c", "ID", "--format", "markdown").lines[2:],
        place.run("list", "-c", "ID").json,
        strict=True,
    ):
        assert (f"{pair['status']} ({pair['as_of']})" if pair["as_of"] else f" {pair['status']} ") in line


def test_a_note_is_its_own_text(place: Place) -> None:
    """A note in Markdown keeps its headings and is followed by the sources that it cites."""
    note = place.run("explain", "history").json
    text = place.run("explain", "history", "--format", "markdown", "--lang", "id").stdout
    assert text.startswith(f"# {note['title']['id']}\n\n*{note['summary']['id']}*\n\n{note['body']['id']}\n")
