"""What the documentation shows is what the program does."""

from __future__ import annotations

import html
import re
import subprocess
import sys
from collections.abc import Callable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from tests.conftest import ROOT
from twincli.cli import COMMANDS


def test_every_example_prints_what_the_documentation_shows(need: Callable[[str], str]) -> None:
    """``scripts/docs.py --check`` runs every command of README.md, CONTRIBUTING.md and docs/."""
    need("jq")
    script = [sys.executable, str(ROOT / "scripts" / "docs.py"), "--check"]
    result = subprocess.run(script, capture_output=True, text=True, check=False)
    assert result.returncode == 0, f"{result.stdout}\n{result.stderr}"


def test_the_readme_names_every_command() -> None:
    """No command is left for the reader to find by chance."""
    readme = (ROOT / "README.md").read_text("utf-8")
    for command in COMMANDS:
        assert f"twincli {command}" in readme, command


def test_links_between_pages_lead_somewhere() -> None:
    """Every relative link of README.md, CONTRIBUTING.md and docs/ names a file that there is."""
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")):
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_variable_is_documented() -> None:
    """Each TWINCLI_ variable that the source reads stands in docs/interface.md."""
    source = "".join(path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py"))
    documented = (ROOT / "docs" / "interface.md").read_text("utf-8")
    for variable in set(re.findall(r'"(TWINCLI_[A-Z_]+)"', source)):
        assert variable in documented, variable


def test_the_picture_shows_what_the_program_prints(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every line of the commands in the README's picture stands there as it is printed today."""
    path = ROOT / "scripts" / "picture.py"
    monkeypatch.syspath_prepend(str(path.parent))
    spec = spec_from_file_location("picture", path)
    assert spec is not None
    assert spec.loader is not None
    picture = module_from_spec(spec)
    spec.loader.exec_module(picture)
    shown = html.unescape(re.sub(r"<[^>]+>", "", picture.PICTURE.read_text("utf-8")))
    there = re.sub(r"\s", "", shown)
    for command in picture.COMMANDS:
        for line in re.sub(r"\x1b\[[\d;]*m", "", picture.shown(command, str(tmp_path))).splitlines():
            assert re.sub(r"\s", "", line) in there, f"{line}\nrun: python scripts/picture.py"
