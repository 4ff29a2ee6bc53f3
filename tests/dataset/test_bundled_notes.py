"""The bundled concept notes: complete in both languages, sourced, and fit to be shown."""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import DATA, Place
from twincli.text import fold

FILES = sorted((DATA / "concepts").iterdir())
TOPICS = sorted({path.name.split(".")[0] for path in FILES})
LANGUAGES = ("en", "id")
# What is left of Markdown where it was not understood: marks of headings, emphasis, code, links, lists, quotes, tables,
# rules, HTML and character references.
RAW_MARKDOWN = re.compile(
    r"^\s*(#{1,6}\s|[-*+]\s|>\s|\||-{3,}|={3,}|`{3})|\*\*|\*\w|\w\*|__\w|\b_\w|`|\]\(|^\s*\[[^\]]+\]:|</?\w+>|&\w+;|\\[\[*_#]"
)


def _read(topic: str, language: str) -> tuple[dict[str, Any], str]:
    text = (DATA / "concepts" / f"{topic}.{language}.md").read_text("utf-8")
    opening, front, body = re.split(r"^\+\+\+$\n?", text, maxsplit=2, flags=re.MULTILINE)
    assert opening == ""
    return tomllib.loads(front), body.strip()


def _headings(body: str) -> list[str]:
    return re.findall(r"^## +(.+)$", body, re.MULTILINE)


def _citations(text: str) -> set[int]:
    return {int(number) for number in re.findall(r"\[(\d+)\]", text)}


@pytest.fixture(params=[(topic, language) for topic in TOPICS for language in LANGUAGES], ids="-".join)
def note(request: pytest.FixtureRequest) -> tuple[str, str]:
    """A topic and a language, each pair in turn."""
    topic, language = request.param
    return topic, language


def test_every_topic_stands_in_both_languages_and_nothing_else_does() -> None:
    """Two files a topic, and no stray ones."""
    assert [path.name for path in FILES] == [f"{topic}.{language}.md" for topic in TOPICS for language in LANGUAGES]
    assert {"definition", "history", "benefits", "challenges", "claims", "nusantara"} <= set(TOPICS)


def test_every_note_has_its_front_matter(note: tuple[str, str]) -> None:
    """Title, summary and aliases in each language; what serves both stands in the English file alone."""
    front, body = _read(*note)
    shared = {"see_also", "examples", "sources"} if note[1] == "en" else set()
    assert set(front) == {"title", "summary", "aliases"} | shared
    assert front["title"].strip()
    assert front["summary"].endswith(".")
    assert front["aliases"]
    assert body


@pytest.mark.parametrize("topic", TOPICS)
def test_a_note_has_the_same_sections_in_both_languages(topic: str) -> None:
    """So that ``--section 2`` is the same section, and no reader gets less."""
    english, indonesian = (_headings(_read(topic, language)[1]) for language in LANGUAGES)
    assert len(english) == len(indonesian) >= 2
    assert len(set(english)) == len(english)
    assert len(set(indonesian)) == len(indonesian)


def test_every_source_of_a_note_is_cited_and_every_citation_has_its_source(note: tuple[str, str]) -> None:
    """The numbers in the text, in either language, are those of the list of sources."""
    topic, language = note
    count = len(_read(topic, "en")[0]["sources"])
    assert count
    assert _citations(_read(topic, language)[1]) == set(range(1, count + 1))


@pytest.mark.parametrize("topic", TOPICS)
def test_every_section_of_a_note_cites_the_same_sources_in_both_languages(topic: str) -> None:
    """A statement is not sourced in one language and bare in the other."""
    english, indonesian = (
        re.split(r"^## .*$", _read(topic, language)[1], flags=re.MULTILINE) for language in LANGUAGES
    )
    assert [_citations(text) for text in english] == [_citations(text) for text in indonesian]


@pytest.mark.parametrize("topic", TOPICS)
def test_the_examples_and_neighbours_of_a_note_exist(topic: str, bundled: dict[str, Any]) -> None:
    """Every pair id is a pair of the data, every neighbour another note, and none stands twice."""
    front, __ = _read(topic, "en")
    pairs = {pair["id"] for pair in bundled["pairs"]}
    assert set(front["examples"]) <= pairs
    assert set(front["see_also"]) <= set(TOPICS) - {topic}
    for ids in (front["examples"], front["see_also"]):
        assert ids
        assert len(set(ids)) == len(ids)


def test_no_note_is_a_mere_stub(note: tuple[str, str]) -> None:
    """Every note has at least 250 words, not counting its sources."""
    assert len(_read(*note)[1].split()) >= 250


def test_no_alias_leads_to_two_notes(place: Place) -> None:
    """Every topic, title and alias, in either language, explains its own note."""
    seen: dict[str, str] = {}
    for topic in TOPICS:
        for front in (_read(topic, language)[0] for language in LANGUAGES):
            for name in (topic, front["title"], *front["aliases"]):
                assert seen.setdefault(fold(name), topic) == topic, name
    for name, topic in seen.items():
        assert place.run("explain", name).json["id"] == topic


def _body_lines(shown: str) -> list[str]:
    """Return the lines of a note as shown, above its list of examples."""
    lines = shown.splitlines()
    return lines[: max(place for place, line in enumerate(lines) if line in {"Examples", "Contoh"})]


def test_no_line_of_a_note_is_shown_as_raw_markdown(note: tuple[str, str], place: Place) -> None:
    """On a terminal there is no sign left of how the text was written, and no citation is lost."""
    topic, language = note
    result = place.table("explain", topic, "--lang", language)
    assert result.status == 0
    __, body = _read(topic, language)
    lines = _body_lines(result.stdout)
    assert [line for line in lines if RAW_MARKDOWN.search(line)] == []
    assert _citations(" ".join(lines)) == _citations(body)
    assert set(_headings(body)) <= {line.strip() for line in lines}


def test_no_line_of_a_note_is_wider_than_the_terminal(note: tuple[str, str], place: Place) -> None:
    """At 60 columns every line of the text still fits."""
    topic, language = note
    shown = place.table("explain", topic, "--lang", language, width=60).stdout
    assert all(len(line) <= 60 for line in _body_lines(shown))


def test_the_check_of_the_bundled_data_reads_the_notes(place: Place, tmp_path: Path) -> None:
    """``data check`` without a file finds what is broken in a note, and leaves with the status 1."""
    source = DATA.parent / "src"
    shutil.copytree(source, tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(DATA, tmp_path / "data")
    path = tmp_path / "data" / "concepts" / "water.id.md"
    path.write_text(path.read_text("utf-8").replace("[1]", "[99]"), "utf-8")
    result = place.process("data", "check", "--json", PYTHONPATH=str(tmp_path / "src"))
    assert result.returncode == 1
    assert b'"file": "water.id.md", "record": "water"' in result.stdout
    assert b"cites a source that is not listed: [99]" in result.stdout
