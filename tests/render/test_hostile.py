"""Text that looks like markup, or would act on a terminal, in a data file that somebody else wrote."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.conftest import Place, Write

LOOKS_LIKE_MARKUP = ("[/x]", "[bold]", "[/]", "[link=x]y[/link]", ":smile:", "\\[b]", "[red]A[/red]", "{x} %s", "<b>")


def _hostile(small: dict[str, Any], text: str) -> dict[str, Any]:
    """Return a data file with this text wherever there is text."""
    (pair,) = small["pairs"] = [pair for pair in small["pairs"] if pair["id"] == "jakarta-rotterdam"]
    pair["note"] = {"en": f"note {text}", "id": f"catatan {text}"}
    for statement in pair["sources"]:
        statement["says"] = f"says {text}"
    for source in small["sources"]:
        source["title"], source["publisher"] = f"title {text}", f"publisher {text}"
    for city in small["cities"]:
        if city["id"] in pair["cities"]:
            names = {"id": f"lokal {text}", "native": [f"native {text}"], "former": [f"former {text}"]}
            city |= {"name": f"{city['name']} {text}", "names": names, "admin": f"admin {text}"}
    return {**small, "title": f"data {text}", "attribution": f"thanks {text}"}


@pytest.mark.parametrize("text", LOOKS_LIKE_MARKUP)
def test_what_looks_like_markup_is_shown_as_it_is(place: Place, small: dict[str, Any], write: Write, text: str) -> None:
    """Brackets, the names of pictures and braces from the data are shown, on lists and cards, in both languages."""
    path = str(write(_hostile(small, text)))
    for tty in (False, True):
        listed = place.run("list", "--data", path, "--format", "table", "--quiet", tty=tty, environ={"COLUMNS": "200"})
        assert (listed.status, listed.stderr) == (0, "")
        assert f"Jakarta {text}" in listed.stdout
        assert f"Rotterdam {text}" in listed.stdout
    card = place.table("show", "jakarta-id", "--data", path, width=200).stdout
    for part in ("Jakarta", "native", "former", "Rotterdam"):
        assert f"{part} {text}" in card
    pair = place.table("show", "jakarta-id", "rotterdam-nl", "--data", path, width=200).stdout
    for part in ("note", "says", "title", "publisher"):
        assert f"{part} {text}" in pair
    assert f"lokal {text}" in place.table("list", "--data", path, "--lang", "id", width=200).stdout
    assert f"thanks {text}" in place.table("data", "info", "--data", path, width=200).stdout


@pytest.mark.parametrize("text", [*LOOKS_LIKE_MARKUP, '"quoted" \\ back', "a\u200cb"])
def test_json_keeps_it_too(place: Place, small: dict[str, Any], write: Write, text: str) -> None:
    """JSON, JSON Lines and CSV carry the text unchanged."""
    path = str(write(_hostile(small, text)))
    (pair,) = place.run("list", "--data", path).json
    assert pair["cities"][0]["name"] == f"Jakarta {text}"
    assert pair["note"]["en"] == f"note {text}"
    assert json.loads(place.run("list", "--data", path, "--format", "jsonl").stdout) == pair


@pytest.mark.parametrize(
    "letter", ["\x1b", "\x07", "\x00", "\x08", "\r", "\n", "\t", "\x7f", "\x9b", "\u202e", "\u2066", "\u200b", "\u2028"]
)
def test_control_characters_are_refused(place: Place, small: dict[str, Any], write: Write, letter: str) -> None:
    """A file with a character that could act on a terminal is bad data: one sentence, which does not repeat it."""
    path = str(write(_hostile(small, f"a{letter}[31mb")))
    for arguments in (["list"], ["show", "Jakarta"], ["list", "--format", "table"], ["data", "info"]):
        result = place.run(*arguments, "--data", path, stderr_tty=True)
        assert (result.status, result.stdout) == (1, "")
        assert result.stderr.count("\n") == 1
        assert f"U+{ord(letter):04X}" in result.stderr
        assert letter not in result.stderr.rstrip("\n")


def test_a_check_of_such_a_file_is_safe_to_read(place: Place, small: dict[str, Any], write: Write) -> None:
    """``data check`` on a file full of control characters shows none of them, in any format."""
    content = _hostile(small, "x\x1b]0;title\x07\u202e")
    content["pairs"][0]["\x1b[2Jkey"] = 1
    content["pairs"][0]["kind"] = "\x1b[31mred"
    path = str(write(content))
    for form in ("table", "json", "jsonl", "csv", "tsv", "markdown"):
        result = place.run("data", "check", path, "--format", form)
        assert result.status == 1
        for letter in ("\x1b", "\x07", "\u202e"):
            assert letter not in result.stdout + result.stderr, form


def test_a_file_s_name_is_safe_to_read(place: Place, small: dict[str, Any]) -> None:
    """A data file whose own name would act on the terminal works, and is named harmlessly."""
    path = place.folder / "a\x1b[31mb\udcff.json"
    path.write_text(json.dumps(small), "utf-8")
    assert len(place.run("list", "--data", str(path)).json) == 2
    for form in ("table", "json"):
        result = place.run("data", "info", "--data", str(path), "--format", form)
        assert result.status == 0
        assert "\x1b" not in result.stdout
    path.write_text("{", "utf-8")
    result = place.run("list", "--data", str(path))
    assert result.status == 1
    assert "\x1b" not in result.stderr
