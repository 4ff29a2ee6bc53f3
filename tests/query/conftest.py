"""What the tests of queries share: the index of the bundled data, and the names that went into it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.conftest import DATA, Place
from twincli.index.store import Index, open_index
from twincli.locations import data_files


@pytest.fixture
def index(place: Place) -> Iterator[Index]:
    """The index of the bundled data."""
    with open_index(lambda: data_files(None, place.environ), place.environ) as opened:
        yield opened


@pytest.fixture(scope="session")
def gazetteer() -> dict[str, Any]:
    """The bundled countries and regions as plain JSON."""
    content: dict[str, Any] = json.loads((DATA / "countries.json").read_text("utf-8"))
    return content
