"""An import that fails, is interrupted or runs out of room changes nothing; a large one needs little memory."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import TextIO

import pytest

from tests.conftest import Place
from tests.layers.importing import HEADER, LUMBERTON, MERSTEIN, ONE_PAIR, QUELLSTADT, Bench
from twincli.dataset.models import City
from twincli.errors import BadData
from twincli.layers.known import Bundle
from twincli.layers.known import bundled as bundled_names
from twincli.layers.proof import first_problem
from twincli.layers.store import install


def large(bench: Bench, rows: int, name: str = "mine.csv") -> str:
    """Write a file of so many pairs, of which every second city is new, and return its path."""
    path = bench.place.folder / name
    with path.open("w", encoding="utf-8") as file:
        file.write(HEADER)
        for number in range(rows):
            lat, lon = number % 17000 / 100 - 85, number % 35000 / 100 - 175
            file.write(f"Ort {number:07},Germany,{lat:.2f},{lon:.2f},{MERSTEIN}\n")
    return str(path)


def test_a_failed_import_leaves_the_layer_of_before(bench: Bench) -> None:
    """A file of which no row can be taken is an error, and says why; the old layer and its report stay."""
    bench.bring(f"{ONE_PAIR}{QUELLSTADT},{QUELLSTADT}\n")
    before = bench.state()
    result = bench.bring(f"{HEADER}{QUELLSTADT},{QUELLSTADT}\n{LUMBERTON},Ort,Atlantis,1,1\n")
    assert result.status == 1
    assert "None of the 2 rows" in result.stderr
    assert "pairs a city with itself (line 2)" in result.stderr
    assert 'no country called "Atlantis" (line 3)' in result.stderr
    assert bench.state() == before


def test_an_interrupted_import_leaves_the_layer_of_before(bench: Bench) -> None:
    """Ctrl-C ends quietly with status 130 and leaves neither a new layer nor anything half-written."""
    bench.bring(ONE_PAIR)
    before = bench.state()
    command = [sys.executable, "-m", "twincli", "data", "import", large(bench, 400_000)]
    with subprocess.Popen(
        command, env=bench.place.environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=bench.place.folder
    ) as process:
        time.sleep(2.5)
        process.send_signal(signal.SIGINT)
        stdout, stderr = process.communicate(timeout=30)
    assert (process.returncode, stdout, stderr) == (130, b"", b"")
    assert bench.state() == before


def test_a_killed_import_harms_nothing(bench: Bench) -> None:
    """What a killed import leaves behind is no layer, and goes with a later import."""
    bench.bring(ONE_PAIR)
    stale = bench.folder / ".twincli-abc.tmp"
    stale.write_text("half a lay", "utf-8")
    assert bench.place.run("show", "Quellstadt").status == 0
    os.utime(stale, (1, 1))
    bench.bring(ONE_PAIR)
    assert set(bench.state()) == {"mine.json"}


LIMITED = """
import os, resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
sys.argv[0] = "twincli"
from twincli.__main__ import main
main()
"""


@pytest.mark.parametrize("limit", [5_000, 300_000])
def test_a_full_disk_leaves_the_layer_of_before(bench: Bench, limit: int) -> None:
    """Where a file cannot grow any further, one sentence says so, and nothing has changed."""
    bench.bring(ONE_PAIR)
    before = bench.state()
    path = large(bench, 5_000)
    result = subprocess.run(
        [sys.executable, "-c", LIMITED.format(limit=limit), "data", "import", path],
        env=bench.place.environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert "Cannot write" in result.stderr
    assert result.stderr.count("\n") == 1
    assert bench.state() == before


def test_a_folder_that_cannot_be_written_is_said(bench: Bench) -> None:
    """No folder for data, or a file in its place: one sentence, and no traceback."""
    bench.folder.parent.mkdir(parents=True)
    bench.folder.write_text("in the way", "utf-8")
    result = bench.bring(ONE_PAIR)
    assert (result.status, result.stderr.count("\n")) == (1, 1)
    assert "Cannot write" in result.stderr
    result = bench.place.run("data", "import", bench.write(ONE_PAIR), environ={"HOME": ""})
    assert (result.status, result.stderr.count("\n")) == (1, 1)
    assert "XDG_DATA_HOME" in result.stderr


def test_layers_are_private(bench: Bench) -> None:
    """Nobody else on the machine can read what somebody has imported."""
    bench.bring(f"{ONE_PAIR}{QUELLSTADT},{QUELLSTADT}\n")
    assert stat.S_IMODE(bench.folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in bench.folder.iterdir()} == {0o600}


def test_xdg_data_home_is_honoured(bench: Bench, tmp_path: Path) -> None:
    """Layers lie where the user keeps data; a relative path is ignored, as the specification has it."""
    path = bench.write(ONE_PAIR)
    elsewhere = tmp_path / "data"
    answer = bench.place.run("data", "import", path, environ={"XDG_DATA_HOME": str(elsewhere)}).json
    assert answer["path"] == str(elsewhere / "twincli" / "layers" / "mine.json")
    assert Path(answer["path"]).is_file()
    answer = bench.place.run("data", "import", path, environ={"XDG_DATA_HOME": "data"}).json
    assert answer["path"] == str(bench.folder / "mine.json")


BROKEN = [
    '{"id": ',
    "[1]",
    "1",
    "[" * 100_000,
    '{"id": "altberg-at"}',
    '{"name": 1, "cities": [1, 2]}',
    '{"name": "Quellstadt", "names": [], "cities": ["a", "b", "c"]}',
    '{"name": "Quellstadt", "cities": ["\\ud800", "b"]}',
]


@pytest.mark.parametrize("line", BROKEN)
def test_a_damaged_layer_is_replaced(bench: Bench, line: str) -> None:
    """An import does not trip over what has become of the layer of its name, whatever stands in it."""
    bench.bring(ONE_PAIR)
    whole = bench.state()
    (bench.folder / "mine.json").write_text(f'{{\n"cities": [\n{line},\n],\n"pairs": [\n{line}\n]\n}}\n', "utf-8")
    assert bench.bring(ONE_PAIR).json["changed"] is True
    assert bench.state() == whole


@pytest.mark.parametrize("line", BROKEN)
def test_another_layer_that_is_damaged_is_named(bench: Bench, line: str) -> None:
    """Where cities are to be looked up in it, one sentence says which it is and what to do."""
    bench.bring(ONE_PAIR, "--name", "other")
    (bench.folder / "other.json").write_text(f'{{\n"cities": [\n{line}\n],\n', "utf-8")
    bare = bench.write("city1,country1,city2,country2\nQuellstadt,Germany,Merstein,Austria\n")
    result = bench.place.run("data", "import", bare)
    assert (result.status, result.stderr.count("\n")) == (1, 1)
    assert "other.json is damaged; import it anew, or remove it." in result.stderr
    assert set(bench.state()) == {"other.json"}


def test_a_pipe_can_be_imported_like_a_file(bench: Bench) -> None:
    """A named pipe, such as a shell's <(…), is read to its end."""
    bench.write(ONE_PAIR)
    result = bench.place.shell("twincli data import <(cat mine.csv) --name piped")
    assert result.returncode == 0, result.stderr
    assert bench.pairs("piped") == [("Merstein", "Quellstadt")]


def test_a_bar_is_shown_on_a_terminal_only(bench: Bench) -> None:
    """A large file shows how far it is; in a pipe nothing is said."""
    path = large(bench, 20_000)
    shown = bench.place.terminal("data", "import", path, "--dry-run", timeout=60)
    assert "Reading" in shown.stdout
    assert "%" in shown.stdout
    result = bench.place.process("data", "import", path, "--dry-run")
    assert result.stderr == b""


def test_a_large_file_needs_little_memory(bench: Bench) -> None:
    """What is read does not stay in memory: four times the rows take hardly more of it."""
    peaks = []
    for rows in (20_000, 80_000):
        path = large(bench, rows)
        script = (
            "import resource, subprocess, sys\nsubprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)\n"
        )
        script += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
        command = [sys.executable, "-c", script, sys.executable, "-m", "twincli", "data", "import", path, "--dry-run"]
        result = subprocess.run(command, env=bench.place.environ, capture_output=True, text=True, check=True)
        peaks.append(int(result.stdout) / 1024)
    assert peaks[1] < peaks[0] + 60
    assert peaks[1] < 250


def test_two_imports_at_once_harm_nothing(bench: Bench) -> None:
    """Whichever of several imports of one name is last, the layer is whole, and nothing is left beside it."""
    path = large(bench, 2_000)
    command = [sys.executable, "-m", "twincli", "data", "import", path]
    running = [
        subprocess.Popen(command, env=bench.place.environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for __ in range(3)
    ]
    for process in running:
        __, stderr = process.communicate(timeout=60)
        assert (process.returncode, stderr) == (0, b"")
    assert len(bench.layer()["pairs"]) == 2_000
    assert set(bench.state()) == {"mine.json"}


def test_a_removed_layer_leaves_nothing(place: Place, bench: Bench) -> None:
    """``data remove`` takes the layer and its report away, and says so."""
    bench.bring(f"{ONE_PAIR}{QUELLSTADT},{QUELLSTADT}\n")
    answer = place.run("data", "remove", "mine").json
    assert answer == {"name": "mine", "path": str(bench.folder / "mine.json")}
    assert bench.state() == {}


def test_a_report_that_cannot_be_removed_stops_nothing(place: Place, bench: Bench) -> None:
    """What stands where the report should is no reason to say that nothing has changed, since the layer has."""
    bench.bring(ONE_PAIR)
    (bench.folder / "mine.rejected.tsv").mkdir()
    result = bench.bring(ONE_PAIR.replace("Merstein", "Mersdorf"))
    assert (result.status, result.json["changed"]) == (0, True)
    assert bench.pairs() == [("Mersdorf", "Quellstadt")]
    assert place.run("data", "remove", "mine").status == 0
    assert not (bench.folder / "mine.json").exists()


def test_only_a_layer_can_be_removed(place: Place, bench: Bench) -> None:
    """A name that is none, or leads elsewhere, is refused; an unknown one names those that there are."""
    bench.bring(ONE_PAIR)
    for name, status in (("../../x", 2), ("bundled", 2), ("MINE", 2), ("", 2), ("other", 1)):
        result = place.run("data", "remove", name)
        assert (result.status, result.stderr.count("\n")) == (status, 1), name
    assert "There are: mine" in place.run("data", "remove", "other").stderr
    assert set(bench.state()) == {"mine.json"}
    place.run("data", "remove", "mine")
    assert "twincli data import" in place.run("data", "remove", "mine").stderr


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    """The bundled data, by which a layer is judged."""
    return bundled_names()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"kind": "sister"', '"kind": "border"', "merstein-quellstadt: kind is border, but the cities are"),
        ('"country": "AT"', '"country": "XX"', "merstein-at: country is XX, which is no ISO 3166-1 code"),
        ('"says": "Lists the two as twin cities."', '"says": ""', "merstein-quellstadt: sources.0.says is empty"),
        ('"id": "quellstadt-de"', '"id": "merstein-at"', "merstein-at: id is used twice"),
        ('"cities": ["merstein-at", ', '"cities": ["nowhere-xx", ', "merstein-quellstadt: cities names a city that"),
        ('"title": "mine.csv",\n', '"title": "",\n', "title is empty"),
        ("", "", None),
    ],
)
def test_a_layer_that_no_command_could_read_is_known_as_one(
    bench: Bench, bundle: Bundle, old: str, new: str, said: str | None
) -> None:
    """It is read as the index would read it, and the first thing wrong is named."""
    bench.bring(ONE_PAIR)
    path = bench.folder / "mine.json"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    cities = {city["id"]: City.model_validate_json(json.dumps(city)) for city in bench.layer()["cities"]}
    known, gazetteer = bundle
    codes = {country.code for country in gazetteer.countries}
    problem = str(first_problem(path, known, codes, cities.__getitem__))
    assert problem.startswith(str(said))
    is_readable = bench.place.run("list", "--data", str(path)).status == 0
    assert is_readable == (said is None)


def test_what_is_found_wrong_with_a_layer_leaves_the_one_of_before(bench: Bench) -> None:
    """Nothing is put in its place, and nothing is left beside it."""
    bench.bring(ONE_PAIR)
    before = bench.state()

    def refuse(written: Path) -> None:
        assert written.read_text("utf-8") == "another layer\n"
        raise BadData("no")

    def write(file: TextIO) -> None:
        file.write("another layer\n")

    with pytest.raises(BadData):
        install("mine", write, bench.place.environ, check=refuse)
    assert bench.state() == before
