"""What the tests of faults share: a small data file, its right answers, and machines with less than one wishes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Place, Result
from tests.layers.conftest import serve, small_world  # noqa: F401 - fixtures

# Some user who is neither the one that runs the tests nor root.
SOMEBODY = 54321


@pytest.fixture
def bare(fresh: Place) -> Place:
    """A place with an empty home, in which the cache lies too."""
    del fresh.environ["XDG_CACHE_HOME"]
    return fresh


@pytest.fixture
def somebody() -> Callable[[Path], None]:
    """Give a file or folder to another user, which only root can do."""
    if os.geteuid() != 0:
        pytest.skip("only root can give a file to another user")
    return lambda path: os.chown(path, SOMEBODY, SOMEBODY, follow_symlinks=False)


def unprivileged() -> list[str]:
    """Return what is put before a command so that permissions hold for it, also where root runs the tests."""
    if os.geteuid() != 0:
        return []
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("permissions do not hold for root, and there is no setpriv")
    return [setpriv, "--inh-caps=-all", "--bounding-set=-dac_override,-dac_read_search"]


def run_under(prefix: list[str], place: Place, *arguments: str) -> Result:
    """Run the program behind a command that changes what it runs in."""
    done = subprocess.run(
        [*prefix, sys.executable, "-m", "twincli", *arguments],
        env=place.environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=place.folder,
    )
    return Result(done.returncode, done.stdout, done.stderr)


def mounted(script: str) -> list[str]:
    """Return what is put before a command so that it runs after a shell's script with mounts of its own."""
    prefix = ["unshare", "-m"] if os.geteuid() == 0 else ["unshare", "-rm"]
    if (
        shutil.which("unshare") is None
        or subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode
    ):
        pytest.skip("nothing can be mounted here")
    return [*prefix, "sh", "-c", f'{script} && exec "$@"', "sh"]


def everything_in(folder: Path) -> dict[str, bytes | None]:
    """Return every file in a folder with its content, and every folder."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }
