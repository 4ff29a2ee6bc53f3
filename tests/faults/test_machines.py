"""Machines with less than one wishes: no room, no home, nowhere to write."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.conftest import Place, Result
from tests.faults.conftest import everything_in, mounted, run_under, unprivileged
from tests.layers.conftest import Small, Updater
from tests.layers.endpoint import Endpoint
from tests.layers.importing import HEADER, MERSTEIN, ONE_PAIR, Bench
from tests.layers.wikidata_world import World

Serve = Callable[[World], Endpoint]
QUESTION = ("list", "--city", "Jakarta")


@pytest.fixture
def many(bare: Place) -> str:
    """A file of pairs that makes a layer of more than a megabyte."""
    rows = (f"Ort {number:05},Germany,{number % 80},{number % 170},{MERSTEIN}\n" for number in range(3000))
    return Bench(bare).write(HEADER + "".join(rows), "many.csv")


@pytest.fixture
def served(small_world: Small, serve: Serve) -> Endpoint:
    """An endpoint that knows some twinnings."""
    for number in range(40):
        ort = small_world.world.city(f"Nebenort {number}", small_world.netherlands, at=(50 + number / 40, 5))
        small_world.world.twin(small_world.quellstadt, ort)
    return serve(small_world.world)


def _said(result: Result) -> str:
    """Return the one sentence that a failed command says, besides what it does."""
    assert (result.status, result.stdout) == (1, "")
    *notes, error = result.stderr.splitlines()
    assert error.startswith("Error: ")
    assert not [note for note in notes if "Error" in note or "Traceback" in note]
    return error


# --- a full disk ------------------------------------------------------------------------------------------------------


def _small_disk(place: Place, size: str) -> list[str]:
    """Have the home and /tmp on disks of this size, the home with what is in it."""
    home, kept = place.home, place.folder / "kept"
    kept.mkdir(exist_ok=True)
    place.environ["TMPDIR"] = str(place.folder / "tmp")
    (place.folder / "tmp").mkdir(exist_ok=True)
    return mounted(
        f"cp -a {home}/. {kept} && mount -t tmpfs -o size={size} none {home} && cp -a {kept}/. {home}"
        f" && mount -t tmpfs -o size={size} none {place.folder}/tmp"
    )


def test_answers_on_a_full_disk(bare: Place, place: Place) -> None:
    """Where neither an index nor a temporary file has room, every answer is right, and nothing is said."""
    disk = _small_disk(bare, "64k")
    for question in (QUESTION, ("stats",), ("search", "water"), ("list", "--sort", "distance", "--format", "csv")):
        assert run_under(disk, bare, *question) == place.run(*question)


@pytest.mark.parametrize("size", ["64k", "300k"])
def test_an_import_on_a_full_disk(bare: Place, many: str, size: str) -> None:
    """Where the layer has no room, one sentence says so, and the layer that was there stays."""
    bench = Bench(bare)
    bench.bring(ONE_PAIR, "--name", "many")
    before = bench.state()
    look = f'"$@"; status=$?; find {bare.home} -type f ! -path "*/.cache/*" | sort >&2; exit $status'
    prefix = [*_small_disk(bare, size), "sh", "-c", look, "sh"]
    result = run_under(prefix, bare, "data", "import", many, "--name", "many")
    error, *left = result.stderr.splitlines()
    assert result.status == 1
    assert "No space left on device" in error or "full" in error
    assert left == [str(bench.folder / name) for name in sorted(before)]


def test_an_update_on_a_full_disk(bare: Place, served: Endpoint) -> None:
    """Where the answers of the endpoint have no room, one sentence says so, and no layer appears."""
    update = Updater(bare)
    result = run_under(_small_disk(bare, "8k"), bare, *update.arguments(served))
    assert "No space left on device" in _said(result)


def test_a_pipe_that_is_too_long_for_the_disk(bare: Place, many: str) -> None:
    """What comes through a pipe is kept while it is read; where it has no room, the sentence says what to do."""
    bare.environ["TMPDIR"] = str(bare.folder / "tmp")
    script = f'mkdir -p {bare.folder}/tmp; exec "$@" < {many}'
    disk = [*_small_disk(bare, "64k"), "sh", "-c", script, "sh"]
    error = _said(run_under(disk, bare, "data", "import", "-", "--name", "many"))
    assert error.endswith("(No space left on device); TMPDIR can name another folder.")


# --- nowhere to write -------------------------------------------------------------------------------------------------


def _read_only(place: Place) -> list[str]:
    return mounted(f"mount --bind {place.folder} {place.folder} && mount -o remount,ro,bind {place.folder}")


def test_a_read_only_disk(bare: Place, place: Place, served: Endpoint) -> None:
    """On a read-only disk every answer is right; an import and an update say in a sentence that they cannot."""
    path = Bench(bare).write(ONE_PAIR)
    disk = _read_only(bare)
    assert run_under(disk, bare, *QUESTION) == place.run(*QUESTION)
    for arguments in (["data", "import", path], Updater(bare).arguments(served)):
        assert "Cannot write" in _said(run_under(disk, bare, *arguments))


def test_a_read_only_disk_with_an_index(bare: Place) -> None:
    """An index that was built before is read where nothing can be written any more."""
    before = bare.run("data", "info")
    disk = _read_only(bare)
    assert run_under(disk, bare, "data", "info") == before
    assert run_under(disk, bare, *QUESTION) == bare.run(*QUESTION)


def test_a_home_without_the_right_to_write(bare: Place, place: Place) -> None:
    """In a home that may only be read every answer is right, and nothing is said."""
    bare.home.chmod(0o500)
    assert run_under(unprivileged(), bare, *QUESTION) == place.run(*QUESTION)
    assert everything_in(bare.home) == {}


def test_a_home_that_may_not_even_be_entered(bare: Place, place: Place) -> None:
    """In a home that may not be entered every answer is right; what needs the home says why it cannot."""
    path = Bench(bare).write(ONE_PAIR)
    bare.home.chmod(0)
    assert run_under(unprivileged(), bare, *QUESTION) == place.run(*QUESTION)
    assert "Permission denied" in _said(run_under(unprivileged(), bare, "data", "import", path))
    bare.home.chmod(0o700)


@pytest.mark.parametrize(
    "home", ["", "relative", "{folder}/missing", "{folder}/missing/deeper", "/dev/null", "/proc/1"]
)
def test_a_home_that_is_none(bare: Place, place: Place, home: str) -> None:
    """Whatever HOME holds: every answer is right."""
    bare.environ["HOME"] = home.format(folder=bare.folder)
    assert run_under([], bare, *QUESTION) == place.run(*QUESTION)


def test_a_home_that_is_yet_to_be_made(bare: Place) -> None:
    """Where HOME names a folder that does not exist, an import makes it, for the user alone."""
    bare.environ["HOME"] = str(bare.folder / "new" / "home")
    assert bare.run("data", "import", Bench(bare).write(ONE_PAIR)).status == 0
    made = [bare.folder / "new", bare.folder / "new" / "home" / ".local"]
    assert [path.stat().st_mode & 0o777 for path in made] == [0o700, 0o700]


def test_no_folder_for_temporary_files(bare: Place, served: Endpoint) -> None:
    """Where there is no temporary folder at all, what needs one says so, and what needs none works."""
    folders = "/tmp /var/tmp /usr/tmp /dev/shm"
    read_only = "mount --bind $d $d && mount -o remount,ro,bind $d"
    prefix = mounted(f"for d in {folders}; do if [ -d $d ]; then {read_only}; fi; done")
    environ = {"PATH": bare.environ["PATH"], "HOME": "", "TMPDIR": "/nonexistent"}

    def run(*arguments: str, stdin: bytes = b"") -> Result:
        done = subprocess.run(
            [*prefix, sys.executable, "-m", "twincli", *arguments],
            env=environ,
            input=stdin,
            capture_output=True,
            timeout=60,
            check=False,
            cwd="/proc",
        )
        return Result(done.returncode, done.stdout.decode(), done.stderr.decode())

    assert len(run(*QUESTION).json) > 5
    assert "TMPDIR can name another folder" in _said(run("data", "import", "-", "--name", "x", stdin=b"a,b\n"))
    assert "HOME or XDG_DATA_HOME" in _said(run(*Updater(bare).arguments(served)))
