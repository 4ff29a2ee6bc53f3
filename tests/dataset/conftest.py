"""What the tests of the dataset share: a checked file, and its problems as the command gives them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Place

Records = dict[str, Any]


@dataclass(frozen=True)
class Verdict:
    """What ``twincli data check FILE`` says of a file."""

    status: int
    problems: list[dict[str, Any]]

    @property
    def errors(self) -> list[tuple[str | None, str | None, str]]:
        """Record, field and reason of each error."""
        return self._of("error")

    @property
    def warnings(self) -> list[tuple[str | None, str | None, str]]:
        """Record, field and reason of each warning, but for that on the layout, which JSON of a test never has."""
        return [problem for problem in self._of("warning") if "canonical layout" not in problem[2]]

    def _of(self, severity: str) -> list[tuple[str | None, str | None, str]]:
        return [
            (problem["record"], problem["field"], problem["reason"])
            for problem in self.problems
            if problem["severity"] == severity
        ]


Check = Callable[[Any], Verdict]


@pytest.fixture
def check(place: Place, write: Callable[[Any], Path]) -> Check:
    """Check a data file (an object, or raw text) as ``twincli data check FILE`` does."""

    def run(content: Any) -> Verdict:
        result = place.run("data", "check", str(write(content)))
        assert result.stderr == ""
        return Verdict(result.status, result.json)

    return run


def record(content: Records, section: str, id_: str) -> Records:
    """Return one record of a data file, to be changed in place."""
    found: Records = next(row for row in content[section] if row["id"] == id_)
    return found
