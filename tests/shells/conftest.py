"""The three shells, each taught once in a home of its own and kept at its prompt for all tests of a module."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Place
from tests.shells.shell import SHELLS, Shell, install, need_shell


@pytest.fixture(scope="module", params=SHELLS)
def taught(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, shared_cache: Path
) -> Iterator[Shell]:
    """A shell in which ``twincli --install-completion`` has been run, started anew."""
    name: str = request.param
    need_shell(name)
    place = Place(tmp_path_factory.mktemp(name), shared_cache)
    place.run("list", "-n", "1")
    install(name, place)
    shell = Shell(name, place)
    yield shell
    shell.close()
