"""Concept notes that somebody broke on purpose, in a copy of the program that has them for its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import DATA, ROOT, Place
from twincli.dataset.problems import Problem
from twincli.dataset.reader import check_notes_folder

Check = Callable[..., list[Problem]]


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """Write a file beside the sound notes on benefits, and return everything that is wrong then but for references."""

    def run(name: str, content: bytes) -> list[Problem]:
        for path in (DATA / "concepts").glob("benefits.*.md"):
            shutil.copy(path, tmp_path)
        (tmp_path / os.fsdecode(name)).write_bytes(content)
        return [
            problem for problem in check_notes_folder(tmp_path, set()) if problem.field not in {"examples", "see_also"}
        ]

    return run


def _note(*lines: str, body: str = "") -> bytes:
    sound = (DATA / "concepts" / "benefits.en.md").read_text("utf-8")
    return sound.replace("+++\n", "\n".join(("+++", *lines, "")), 1).encode("utf-8", "surrogatepass") + body.encode()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (_note("x = " + "[" * 5000 + "]" * 5000), "is nested too deeply"),
        (_note("x = " + "{a=" * 5000 + "1" + "}" * 5000), "is nested too deeply"),
        (_note("x = " + "9" * 5000), "holds a number with too many digits"),
        (_note(body="[" + "9" * 5000 + "]"), "cites a source that is not listed: [999999999]"),
        (_note(body="x" * 2_000_000), "has over a million bytes"),
        (_note(body="\x1b[2J"), "holds the invisible or control character U+001B"),
        (_note('x = "\ud800"'), "cannot be read"),
        (_note(body="<script>alert(1)</script>"), "holds HTML: <script"),
        (_note(body="a <!-- comment"), "holds HTML: <!-- comment"),
    ],
)
def test_a_hostile_note_is_a_fault_with_a_reason(check: Check, content: bytes, reason: str) -> None:
    """No nesting, no number and no length of a note is more than can be said in a sentence."""
    found = check("benefits.en.md", content)
    assert any(reason in problem.reason and problem.record == "benefits" for problem in found), found


@pytest.mark.parametrize(
    "line", ["## " + " " * 500_000 + "x", "## x" + " " * 500_000 + "x", "#" * 900_000, "[" * 900_000]
)
def test_no_line_of_a_note_takes_for_ever(check: Check, line: str) -> None:
    """Hundreds of thousands of blanks or signs in a heading are looked at once."""
    assert all("bytes" not in problem.reason for problem in check("benefits.en.md", _note(body=f"\n{line}\n")))


def test_an_address_between_angle_brackets_is_no_html(check: Check) -> None:
    """Markdown's own way to write a link, and signs of comparison, are no fault."""
    assert check("benefits.en.md", _note(body="<https://example.org> 1 < 2 <3")) == []


@pytest.mark.parametrize("name", ["Big Words.en.md", "a\x1b[2Jb.en.md", "\udcff.en.md", "_.id.md", "ü.en.md"])
def test_a_note_that_is_named_after_no_topic_is_a_fault(check: Check, name: str) -> None:
    """Topics become ids: their files are named in small letters and hyphens."""
    (problem,) = check(name, _note())
    assert "is not named after a topic" in problem.reason


def test_a_note_that_could_act_on_a_terminal_is_never_shown(place: Place, tmp_path: Path) -> None:
    """An index is built of no note that holds a control character, whether or not somebody has checked it."""
    package = tmp_path / "copy" / "twincli"
    shutil.copytree(ROOT / "src" / "twincli", package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(DATA, package / "data")
    note = package / "data" / "concepts" / "benefits.en.md"
    note.write_bytes(note.read_bytes() + "\n\u202e\x9b2J\n".encode())
    program = [sys.executable, "-m", "twincli", "explain", "benefits"]
    environ = {**place.environ, "PYTHONPATH": str(package.parent)}
    result = subprocess.run(program, env=environ, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (result.returncode, result.stdout, result.stderr.count("\n")) == (1, "", 1)
    assert "U+009B" in result.stderr
