"""``explain``: the topics, each under any of its names, whole or by section."""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from typing import Any

import pytest

from tests.conftest import DATA, Place

NOTES = DATA / "concepts"
TOPICS = sorted({path.name.split(".")[0] for path in NOTES.glob("*.md")})


def _note(topic: str, language: str) -> tuple[dict[str, Any], str]:
    """Return the front matter and the body of a note's file."""
    __, front, body = (NOTES / f"{topic}.{language}.md").read_text("utf-8").split("+++\n", 2)
    return tomllib.loads(front), body.strip()


def _sections(body: str) -> list[str]:
    return [part.strip() for part in re.split(r"^(?=## )", body, flags=re.MULTILINE)[1:]]


def test_without_a_topic_the_topics_are_listed(place: Place) -> None:
    """``explain`` lists every topic with the sentence that sums it up."""
    topics = place.run("explain").json
    assert [topic["id"] for topic in topics] == TOPICS
    shown = " ".join(place.table("explain", width=100).stdout.split())
    for topic in topics:
        assert f"{topic['id']} {topic['summary']['en']}" in shown


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_gives_the_note_of_both_languages(place: Place, topic: str) -> None:
    """JSON carries a note whole, in both languages, as its files have it."""
    note = place.run("explain", topic).json
    for language in ("en", "id"):
        front, body = _note(topic, language)
        assert note["title"][language] == front["title"]
        assert note["summary"][language] == front["summary"]
        assert note["body"][language] == body
    front, __ = _note(topic, "en")
    assert note["examples"] == front.get("examples", [])
    assert [source["url"] for source in note["sources"]] == [source["url"] for source in front["sources"]]


@pytest.mark.parametrize("topic", TOPICS)
def test_every_alias_finds_its_topic(place: Place, topic: str) -> None:
    """A topic is found by its title and every alias in either language, without caring for case."""
    for language in ("en", "id"):
        front, __ = _note(topic, language)
        for name in (front["title"], *front["aliases"]):
            assert place.run("explain", name.upper()).json["id"] == topic, name


def test_a_section_by_its_number(place: Place) -> None:
    """``--section N`` gives the Nth section alone, in both languages, and no number beyond the last."""
    for topic in TOPICS:
        whole = place.run("explain", topic).json
        sections = {language: _sections(body) for language, body in whole["body"].items()}
        for place_, (english, indonesian) in enumerate(zip(sections["en"], sections["id"], strict=True), 1):
            note = place.run("explain", topic, "--section", str(place_)).json
            assert note == {**whole, "body": {"en": english, "id": indonesian}}
        for number in (0, len(sections["en"]) + 1):
            assert place.run("explain", topic, "--section", str(number)).status == 1


def test_a_section_by_its_title(place: Place) -> None:
    """``--section TITLE`` gives the section whose title begins so, in whichever language the title is."""
    for topic in TOPICS:
        whole = place.run("explain", topic).json
        for body in whole["body"].values():
            for place_, section in enumerate(_sections(body)):
                title = section.splitlines()[0].removeprefix("## ")
                note = place.run("explain", topic, "--section", title.upper()).json
                assert _sections(whole["body"]["en"])[place_] == note["body"]["en"]


def test_an_unknown_section_lists_the_sections(place: Place) -> None:
    """A section that there is not is status 1, with the titles that there are, in the reader's language."""
    for language in ("en", "id"):
        titles = [section.splitlines()[0].removeprefix("## ") for section in _sections(_note("history", language)[1])]
        result = place.run("explain", "history", "--section", "xyzzy", "--lang", language)
        assert result.status == 1
        assert not result.stdout
        assert [line.split(maxsplit=1)[1] for line in result.stderr.splitlines()[1:]] == titles


def test_a_section_alone_on_a_terminal(place: Place) -> None:
    """On a terminal a section comes under the note's title, without the rest of the note."""
    shown = place.table("explain", "benefits", "--section", "2").stdout
    titles = [section.splitlines()[0].removeprefix("## ") for section in _sections(_note("benefits", "en")[1])]
    assert shown.startswith(_note("benefits", "en")[0]["title"])
    assert titles[1] in shown
    assert titles[0] not in shown
    assert "Sources" not in shown


def test_the_whole_handbook(place: Place) -> None:
    """``--all`` is every note, as an array in JSON and one below the other on a terminal."""
    notes = place.run("explain", "--all").json
    assert [note["id"] for note in notes] == TOPICS
    assert notes == [place.run("explain", topic).json for topic in TOPICS]
    shown = place.table("explain", "--all").stdout
    places = [shown.index("\n" + _note(topic, "en")[0]["title"] + "\n") for topic in TOPICS[1:]]
    assert places == sorted(places)


def test_a_note_on_a_terminal_is_set_not_quoted(place: Place) -> None:
    """On a terminal Markdown's signs are gone, and the sources stand numbered below the text that cites them."""
    for topic in TOPICS:
        shown = place.table("explain", topic).stdout
        front, body = _note(topic, "en")
        assert not re.search(r"^#|\*\*|^\s*[*-] ", shown, re.MULTILINE)
        assert body.split()[0].strip("*") in shown
        for number, source in enumerate(front["sources"], 1):
            assert re.search(rf"^ *\[{number}\] ", shown, re.MULTILINE)
            assert source["url"] in shown
        for other in front.get("see_also", []):
            assert other in shown.split("See also")[1]


def test_every_example_comes_with_a_command_that_works(place: Place) -> None:
    """Below a note stands for each example pair the command that shows it, and it does, in both languages."""
    for topic in TOPICS:
        examples = _note(topic, "en")[0].get("examples", [])
        for language in ("en", "id"):
            shown = " ".join(place.table("explain", topic, "--lang", language, width=200).stdout.split("\n"))
            commands = re.findall(r'twincli (show (?:"[^"]+"|\S+) (?:"[^"]+"|\S+))', shown)
            results = [place.run(*shlex.split(command)).json["pair"] for command in commands]
            assert [pair["id"] for pair in results] == examples


def test_examples_that_other_data_lacks_are_left_out(place: Place, small: dict[str, Any], write: Any) -> None:
    """With a data file that has not an example's pair, no command is offered that would fail."""
    path = write(small)
    kept = {pair["id"] for pair in small["pairs"]}
    for topic in TOPICS:
        shown = place.table("explain", topic, "--data", str(path)).stdout
        expected = sum(example in kept for example in _note(topic, "en")[0].get("examples", []))
        assert shown.count("twincli show ") == expected


def test_an_unknown_topic_offers_the_nearest(place: Place) -> None:
    """A mistyped topic is status 1, with the nearest topic offered and never taken."""
    result = place.run("explain", "benfits")
    assert result.status == 1
    assert not result.stdout
    assert 'No topic called "benfits"' in result.stderr
    assert "benefits" in result.stderr.split("Did you mean")[1]
    assert "twincli explain" in place.run("explain", "xyzzy").stderr


@pytest.mark.parametrize("arguments", [["--section", "2"], ["benefits", "--all"], [""], ["  "], ["!?"]])
def test_questions_that_make_no_sense(place: Place, arguments: list[str]) -> None:
    """A section of nothing, one topic and all of them, an empty topic: wrong usage, in one sentence."""
    result = place.run("explain", *arguments)
    assert result.status == 2
    assert not result.stdout
    assert len(result.stderr.splitlines()) == 1


def test_records_of_topics_are_one_a_line(place: Place) -> None:
    """Topics are one a line in JSON too, so that grep serves."""
    lines = place.run("explain").lines
    assert [json.loads(line.rstrip(","))["id"] for line in lines[1:-1]] == TOPICS


def test_examples_in_other_data_name_it(place: Place) -> None:
    """The commands below a note open its examples, also where another file has the say."""
    path = str(DATA / "pairs.json")
    shown = " ".join(place.table("explain", "history", "--data", path, width=200).stdout.split())
    assert f"--data {path}" in shown or f"--data '{path}'" in shown
