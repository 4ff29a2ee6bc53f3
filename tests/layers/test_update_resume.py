"""An update that is interrupted, repeated, or fails: what is kept, what is asked again, and what stays as it was."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Place
from tests.layers import endpoint as faults
from tests.layers.conftest import Small, Updater
from tests.layers.endpoint import Endpoint
from tests.layers.wikidata_world import World

Serve = Callable[[World], Endpoint]


@pytest.fixture
def served(small_world: Small, serve: Serve) -> Endpoint:
    """An endpoint with a twinning on the item of each of three countries."""
    world = small_world.world
    world.twin(small_world.quellstadt, small_world.ujungkota)
    world.twin(small_world.ujungkota, small_world.dijkwolde)
    world.twin(small_world.dijkwolde, small_world.waldmarkt)
    return serve(world)


# The list of countries, the three countries, and the items without one.
PIECES = 5


def start(update: Updater, endpoint: Endpoint, *more: str) -> subprocess.Popen[bytes]:
    """Start an update as a process of its own."""
    command = [sys.executable, "-m", "twincli", *update.arguments(endpoint, *more)]
    return subprocess.Popen(
        command, env=update.place.environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=update.place.folder
    )


def wait_for(condition: Callable[[], bool]) -> None:
    """Wait until something is so, for a while."""
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.mark.parametrize(("sign", "status"), [(signal.SIGINT, 130), (signal.SIGKILL, -signal.SIGKILL)])
def test_an_interrupted_update_goes_on_where_it_was(
    sign: signal.Signals, status: int, served: Endpoint, update: Updater
) -> None:
    """Ctrl-C ends it at once and quietly, as a kill does; the next run asks for nothing that has come already."""
    # The last piece never comes: it is the one that is asked for without a country.
    served.fail(faults.hang(60), when="NOT EXISTS")
    process = start(update, served)
    kept = Path(update.place.environ["XDG_CACHE_HOME"], "twincli", "update")
    wait_for(lambda: kept.is_dir() and len(list(kept.glob("*.json.gz"))) == PIECES - 1)
    process.send_signal(sign)
    __, stderr = process.communicate(timeout=20)
    assert process.returncode == status
    assert stderr.decode() == "Asking 127.0.0.1 for all twinnings.\n"
    assert not update.folder.exists()
    asked = len(served.requests)
    result = update(served)
    assert result.status == 0, result.stderr
    assert [("NOT EXISTS" in request.query) for request in served.requests[asked:]] == [True]
    assert result.json["reused"] == PIECES - 1
    assert f"{PIECES - 1} of {PIECES} pieces" in result.stderr
    assert len(update.pairs()) == 3


def test_answers_are_reused_for_a_day(served: Endpoint, update: Updater) -> None:
    """A second update asks for nothing on the same day, and for everything on the next."""
    assert update(served).json["reused"] == 0
    assert update(served).json["reused"] == PIECES
    assert len(served.requests) == PIECES
    age(update.place, hours=25)
    assert update(served).json["reused"] == 0
    assert len(served.requests) == 2 * PIECES


def age(place: Place, hours: float) -> None:
    """Let the answers in the cache be so old."""
    then = time.time() - hours * 3600
    for path in Path(place.environ["XDG_CACHE_HOME"], "twincli", "update").iterdir():
        os.utime(path, (then, then))


def test_old_answers_do_not_pile_up(served: Endpoint, update: Updater) -> None:
    """What is older than a day is thrown away by the next update, of whichever endpoint."""
    update(served)
    folder = Path(update.place.environ["XDG_CACHE_HOME"], "twincli", "update")
    before = set(folder.iterdir())
    (folder / ".half-written").write_bytes(b"x")
    age(update.place, hours=25)
    update(served, "--endpoint", served.url + "/other")
    assert len(list(folder.iterdir())) == PIECES
    assert not before & set(folder.iterdir())


def test_restart_asks_for_everything(served: Endpoint, update: Updater) -> None:
    """Whoever has just mended Wikidata need not wait for the next day."""
    update(served)
    assert update(served, "--restart").json["reused"] == 0
    assert len(served.requests) == 2 * PIECES


def test_another_endpoint_is_not_answered_from_the_cache(served: Endpoint, update: Updater) -> None:
    """What one service said is not what another says."""
    update(served)
    assert update(served, "--endpoint", served.url + "/other").json["reused"] == 0


def test_a_damaged_answer_is_asked_for_again(served: Endpoint, update: Updater) -> None:
    """A file that a power failure left half written does no harm."""
    update(served)
    paths = sorted(Path(update.place.environ["XDG_CACHE_HOME"], "twincli", "update").iterdir())
    paths[0].write_bytes(b"")
    paths[1].write_bytes(paths[1].read_bytes()[:50])
    assert update(served).json["reused"] == PIECES - 2


def test_without_a_cache_it_works_all_the_same(served: Endpoint, update: Updater, tmp_path: Path) -> None:
    """Where nothing can be kept, the update still comes, and leaves nothing behind."""
    blocked, temporary = tmp_path / "file", tmp_path / "temporary"
    blocked.write_text("x", "utf-8")
    temporary.mkdir()
    result = update.place.process(*update.arguments(served), XDG_CACHE_HOME=str(blocked), TMPDIR=str(temporary))
    assert result.returncode == 0, result.stderr
    assert len(update.pairs()) == 3
    assert not list(temporary.iterdir())


def test_an_update_that_fails_changes_nothing(served: Endpoint, update: Updater) -> None:
    """The layer that was there stays, byte for byte, until the new one is whole."""
    update(served)
    before = (update.folder / "wikidata.json").read_bytes()
    served.fail(faults.status(404), when="NOT EXISTS")
    assert update(served, "--restart").status == 1
    assert (update.folder / "wikidata.json").read_bytes() == before
    assert [path.name for path in update.folder.iterdir()] == ["wikidata.json"]


def test_the_new_layer_replaces_the_old(served: Endpoint, serve: Serve, update: Updater) -> None:
    """What Wikidata no longer states goes, what is new comes, and the account says so."""
    update(served)
    assert update(served).json["changed"] is False
    world = Small()
    world.world.twin(world.quellstadt, world.ujungkota)
    world.world.twin(world.quellstadt, world.waldmarkt)
    account = update(serve(world.world)).json
    assert (account["added"], account["removed"], account["changed"]) == (1, 2, True)
    assert set(update.pairs()) == {("Quellstadt", "Ujungkota"), ("Quellstadt", "Waldmarkt")}


def test_a_dry_run_changes_nothing_and_spares_the_endpoint(served: Endpoint, update: Updater) -> None:
    """What it fetched serves the update that follows."""
    account = update(served, "--dry-run").json
    assert (account["added"], account["changed"], account["dry_run"]) == (3, False, True)
    assert not update.folder.exists()
    asked = len(served.requests)
    assert update(served).json["added"] == 3
    assert len(served.requests) == asked
