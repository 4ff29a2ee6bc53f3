"""A clock that is wrong, as on small computers without a battery: what depends on it is still right."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import pytest

from tests.conftest import Place
from tests.layers.conftest import Small, Updater
from tests.layers.endpoint import Endpoint
from tests.layers.importing import ONE_PAIR, Bench
from tests.layers.wikidata_world import DAY, World

Serve = Callable[[World], Endpoint]


class _FirstDay(date):
    @classmethod
    def today(cls) -> _FirstDay:
        return cls(1970, 1, 1)


@pytest.fixture
def in_1970(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the system's clock say that it is the first of January 1970."""
    monkeypatch.setattr("twincli.clock.date", _FirstDay)
    monkeypatch.setattr(time, "time", lambda: 3600.0)


@pytest.mark.usefixtures("in_1970")
def test_no_pair_lies_in_the_future(place: Place) -> None:
    """In 1970 the check of the bundled data warns of nothing that it does not warn of today."""
    assert not [problem for problem in place.run("data", "check").json if "future" in problem["reason"]]


@pytest.mark.usefixtures("in_1970")
def test_this_year_is_that_of_the_data(place: Place, bundled: dict[str, Any]) -> None:
    """Without ``--year``, anniversaries are those of the year in which the data was revised."""
    year = bundled["date"][:4]
    assert place.run("anniversaries") == place.run("anniversaries", "--year", year)


@pytest.mark.usefixtures("in_1970")
def test_an_age_is_counted_to_the_day_of_the_data(place: Place, bundled: dict[str, Any]) -> None:
    """A card says how old a twinning was when the data was revised."""
    assert f"1986 ({int(bundled['date'][:4]) - 1986} years)" in place.table("show", "Jakarta", "Rotterdam").stdout


@pytest.mark.usefixtures("in_1970")
def test_what_has_ended_has_ended(small_world: Small, serve: Serve, fresh: Place, bundled: dict[str, Any]) -> None:
    """An update takes a twinning that ended in 1995 for ended, and is dated no earlier than the bundled data."""
    world = small_world.world
    world.twin(small_world.quellstadt, small_world.ujungkota, since=("1980-06-01", DAY), until=("1995-01-01", DAY))
    update = Updater(fresh)
    result = update(serve(world))
    assert result.status == 0, result.stderr
    (pair,) = update.pairs().values()
    assert pair["status"] == "ended"
    assert update.layer()["date"] >= bundled["date"]


@pytest.mark.usefixtures("in_1970")
def test_an_index_is_built_once_and_cleared_away_once(bare: Place) -> None:
    """The index neither ages nor is it too young, and what a killed builder left goes all the same."""
    bare.run("list", "-n", "1")
    (index,) = (bare.home / ".cache" / "twincli").glob("*.sqlite")
    state = index.stat()
    assert len(bare.run("list", "-n", "3").json) == 3
    assert index.stat().st_mtime_ns == state.st_mtime_ns
    assert index.stat().st_ino == state.st_ino


@pytest.mark.parametrize("moment", [-(10**9), 0, 2**31, 2**33, 10**12])
def test_a_file_of_any_age(place: Place, moment: int) -> None:
    """A file whose time is before 1970, or after all calendars, is imported like any other."""
    # In memory, where times are kept that a disk has no room for.
    with NamedTemporaryFile(dir="/dev/shm" if Path("/dev/shm").is_dir() else None, suffix=".csv") as file:
        file.write(ONE_PAIR.encode())
        file.flush()
        os.utime(file.name, (moment, moment))
        assert place.run("data", "import", file.name, "--name", "mine").status == 0
    bench = Bench(place)
    assert len(bench.layer()["date"]) == 10
    layer = bench.folder / "mine.json"
    os.utime(layer, (moment % 2**33, moment % 2**33))
    assert place.run("show", "Quellstadt").status == 0


def test_a_clock_that_is_really_set_back(bare: Place, need: Callable[[str], str]) -> None:
    """The whole program under faketime in 1970: a right answer, twice."""
    command = [need("faketime"), "1970-01-02 00:00:00", sys.executable, "-m", "twincli", "list", "-n", "2"]
    answers = {subprocess.run(command, env=bare.environ, capture_output=True, check=True).stdout for __ in range(2)}
    assert answers == {bare.run("list", "-n", "2").stdout.encode()}
