"""What is installed from the wheel and the sdist is the whole tool."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the sdist, built from a copy of the tree without a build environment of its own."""
    folder = tmp_path_factory.mktemp("dist")
    pytest.importorskip("hatchling", reason="the build backend is installed by pip for each build")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return folder


def only(folder: Path, pattern: str) -> Path:
    """The one file that matches."""
    (path,) = folder.glob(pattern)
    return path


def test_the_wheel_carries_the_data(built: Path) -> None:
    """Pairs, countries, notes and the Indonesian messages lie inside the package."""
    names = set(zipfile.ZipFile(only(built, "*.whl")).namelist())
    wanted = {path.relative_to(ROOT).as_posix() for path in (ROOT / "data").rglob("*") if path.is_file()}
    assert {f"twincli/{name}" for name in wanted} <= names
    assert "twincli/locale/id/LC_MESSAGES/twincli.mo" in names
    assert "twincli/py.typed" in names
    assert not [name for name in names if name.startswith(("tests/", "scripts/"))]


def test_the_wheel_brings_the_manual_page_and_the_completion_scripts(built: Path) -> None:
    """They lie where man and the shells look below a prefix, as they are in the repository."""
    with zipfile.ZipFile(only(built, "*.whl")) as wheel:
        shared = {
            name.partition(".data/data/")[2]: wheel.read(name) for name in wheel.namelist() if ".data/data/" in name
        }
    scripts = ROOT / "src" / "twincli" / "shells"
    assert shared == {
        "share/man/man1/twincli.1": (ROOT / "docs" / "twincli.1").read_bytes(),
        "share/bash-completion/completions/twincli": (scripts / "twincli.bash").read_bytes(),
        "share/zsh/site-functions/_twincli": (scripts / "twincli.zsh").read_bytes(),
        "share/fish/vendor_completions.d/twincli.fish": (scripts / "twincli.fish").read_bytes(),
    }


def test_the_sdist_carries_the_data_and_the_tests(built: Path) -> None:
    """Whoever packages twincli from the sdist can run its tests."""
    with tarfile.open(only(built, "*.tar.gz")) as archive:
        names = {name.split("/", maxsplit=1)[-1] for name in archive.getnames()}
    assert {"data/pairs.json", "data/concepts/benefits.id.md", "tests/conftest.py", "LICENSE", "README.md"} <= names


def test_an_installed_wheel_answers_outside_the_repository(built: Path, tmp_path: Path) -> None:
    """In a fresh environment with the wheel alone, the README's first command prints the pairs."""
    environment = tmp_path / "env"
    venv.create(environment, with_pip=False, symlinks=True)
    python = environment / "bin" / "python"
    site = next((environment / "lib").glob("python*/site-packages"))
    with zipfile.ZipFile(only(built, "*.whl")) as wheel:
        wheel.extractall(site)
    # The dependencies come from the environment of the tests, the package itself must not.
    others = [path for path in sys.path if path.endswith("site-packages")]
    (site / "dependencies.pth").write_text("\n".join(others))
    variables = {"HOME": str(tmp_path), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
    command = [str(python), "-m", "twincli", "data", "info", "--json"]
    result = subprocess.run(command, env=variables, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert str(site / "twincli" / "data" / "pairs.json") in result.stdout
