"""What comes with the program, broken on the disk: one sentence that says how to mend it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import DATA, ROOT, Place


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A copy of the program whose data can be broken."""
    folder = tmp_path / "copy"
    shutil.copytree(ROOT / "src" / "twincli", folder / "twincli", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(DATA, folder / "twincli" / "data")
    return folder


def _list(place: Place, program: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "twincli", "list"],
        env={**place.environ, "PYTHONPATH": str(program)},
        capture_output=True,
        text=True,
        check=False,
        cwd=place.folder,
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    return done.stderr


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"code": "ID"', '"code": "Id"', "code is 'Id', which does not match"),
        ('"countries"', '"lands"', "countries is missing"),
        ('"countries"', '"countries', "is not JSON"),
        ('"countries"', '"\\ud800": 1, "countries"', "UTF-16"),
    ],
)
def test_broken_countries_are_not_taken_for_a_data_file(
    fresh: Place, broken: Path, old: str, new: str, said: str
) -> None:
    """``data check`` cannot look at the file of countries, and is not named; a new installation mends it."""
    path = broken / "twincli" / "data" / "countries.json"
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    message = _list(fresh, broken)
    assert f"{path} cannot be used: " in message
    assert said in message
    assert "install twincli again" in message
    assert "data check" not in message


def test_broken_notes_are_not_taken_for_a_data_file(fresh: Place, broken: Path) -> None:
    """Nor is the folder of notes."""
    note = next((broken / "twincli" / "data" / "concepts").glob("*.en.md"))
    note.write_text("no front matter", "utf-8")
    message = _list(fresh, broken)
    assert "has no front matter between two lines of +++" in message
    assert "install twincli again" in message
