"""What the tests of the commands share: the data to compare with, and a place that serves a whole session."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.commands.reference import Reference
from tests.conftest import DATA, Place


@pytest.fixture(scope="session")
def steady(tmp_path_factory: pytest.TempPathFactory, shared_cache: Path) -> Place:
    """A sealed place for the whole session, for what many examples of one test ask."""
    return Place(tmp_path_factory.mktemp("steady"), shared_cache)


@pytest.fixture(scope="session")
def everything(steady: Place) -> list[dict[str, Any]]:
    """All pairs, as ``list`` without filters gives them."""
    pairs: list[dict[str, Any]] = steady.run("list").json
    return pairs


@pytest.fixture(scope="session")
def reference(bundled: dict[str, Any]) -> Reference:
    """The bundled data, to be filtered with plain Python."""
    return Reference(bundled, json.loads((DATA / "countries.json").read_text("utf-8")))
