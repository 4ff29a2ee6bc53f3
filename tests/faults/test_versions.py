"""Two versions of the program side by side in one home."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import DATA, ROOT, Place
from tests.layers.importing import ONE_PAIR, Bench

QUESTION = ("show", "Jakarta", "Rotterdam")


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """A copy of the program that is of a later version, with other tables."""
    folder = tmp_path / "later"
    shutil.copytree(ROOT / "src" / "twincli", folder / "twincli", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(DATA, folder / "twincli" / "data")
    for path, pattern, new in (
        (folder / "twincli" / "__init__.py", r'__version__ = ".*"', '__version__ = "99.0.0"'),
        (folder / "twincli" / "index" / "schema.py", r"SCHEMA_VERSION = \d+", "SCHEMA_VERSION = 999"),
    ):
        text, count = re.subn(pattern, new, path.read_text("utf-8"))
        assert count == 1
        path.write_text(text, "utf-8")
    return folder


def test_two_versions_in_one_home(bare: Place, later: Path) -> None:
    """Each has an index of its own, which the other leaves alone; what one imports, the other answers from."""

    def ask_later(*arguments: str) -> str:
        environ = {**bare.environ, "PYTHONPATH": str(later)}
        command = [sys.executable, "-m", "twincli", *arguments]
        done = subprocess.run(command, env=environ, capture_output=True, text=True, check=True, cwd=bare.folder)
        assert done.stderr == ""
        return done.stdout

    assert ask_later("--version") == "twincli 99.0.0\n"
    right = bare.run(*QUESTION).stdout
    folder = bare.home / ".cache" / "twincli"
    assert ask_later(*QUESTION) == right
    states = {path: path.stat().st_ino for path in folder.glob("*.sqlite")}
    assert len(states) == 2
    for __ in range(2):
        assert ask_later(*QUESTION) == right
        assert bare.run(*QUESTION).stdout == right
    assert {path: path.stat().st_ino for path in folder.glob("*.sqlite")} == states
    Bench(bare).bring(ONE_PAIR)
    assert bare.run("show", "Quellstadt").stdout == ask_later("show", "Quellstadt")
    ask_later("data", "remove", "mine")
    assert bare.run("show", "Quellstadt").status == 1
    assert len(list(folder.glob("*.sqlite"))) == 2
