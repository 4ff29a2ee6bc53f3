"""What the tests with hostile data share."""

from __future__ import annotations

import pytest

from tests.conftest import Place


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A sealed place that the examples of one module share, with a cache of its own."""
    folder = tmp_path_factory.mktemp("sealed")
    return Place(folder, folder / "cache")
