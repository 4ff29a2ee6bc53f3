"""Files that are too large, have no end, or would become a thousand times larger in memory."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterable
from itertools import repeat
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Place, Write
from tests.hostile.measured import MOST_MB, measured

_MB = 1 << 20
_CHECK, _LIST, _IMPORT = ["data", "check"], ["list", "--data"], ["data", "import", "--dry-run", "--name", "mine"]


@pytest.mark.parametrize("command", [_CHECK, _LIST, _IMPORT], ids=" ".join)
def test_a_gigabyte_of_nothing_in_a_file_is_refused(place: Place, command: list[str]) -> None:
    """A sparse file, which takes no room on the disk, is refused before it fills the memory."""
    path = place.folder / "sparse.json"
    with path.open("wb") as file:
        file.truncate(1 << 30)
    ended = measured(place, *command, str(path))
    assert ended.is_one_sentence, ended
    assert ended.mb < MOST_MB


@pytest.mark.parametrize("command", [_CHECK, _LIST, _IMPORT], ids=" ".join)
@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no /dev/zero")
def test_a_file_without_an_end_is_refused(place: Place, command: list[str]) -> None:
    """A device that gives zeros for ever fills neither memory nor disk."""
    ended = measured(place, *command, "/dev/zero")
    assert ended.is_one_sentence, ended
    assert ended.mb < MOST_MB


@pytest.mark.parametrize("chunk", [b"\0", b" ", b"\n", b"["], ids=["zeros", "spaces", "line ends", "brackets"])
@pytest.mark.parametrize("command", [[*_CHECK, "-"], [*_IMPORT, "-"]], ids=" ".join)
def test_a_stream_of_nothing_is_refused(place: Place, command: list[str], chunk: bytes) -> None:
    """Whatever comes through a pipe without an end, one sentence is the answer."""
    ended = measured(place, *command, stdin=repeat(chunk * _MB, 100))
    assert ended.is_one_sentence, ended
    assert ended.mb < MOST_MB


@pytest.mark.parametrize("command", [_CHECK, _LIST], ids=" ".join)
@pytest.mark.parametrize(
    ("section", "count", "record"),
    [
        ("cities", 1_000_000, "{}"),
        ("cities", 300_000, '{"":0}'),
        ("pairs", 1_000_000, "0"),
        ("cities", 50_000, '{"id": "x", "name": "x", "country": "XX", "level": "x", "lat": "x", "lon": 1}'),
    ],
)
def test_a_flood_of_faults_costs_no_memory(
    place: Place, small: dict[str, Any], write: Write, command: list[str], section: str, count: int, record: str
) -> None:
    """A few MB in which everything is wrong are judged in bounded memory."""
    content = json.dumps({**small, section: []}).replace(
        f'"{section}": []', f'"{section}": [{",".join([record] * count)}]'
    )
    ended = measured(place, *command, str(write(content)))
    assert ended.status == 1
    assert ended.mb < MOST_MB


@pytest.mark.parametrize("command", [_CHECK, _LIST], ids=" ".join)
def test_a_flood_in_a_file_without_a_header_costs_no_memory(place: Place, write: Write, command: list[str]) -> None:
    """What is missing around a million records is not told with a copy of them all."""
    content = '{"cities": [' + "{}," * 1_000_000 + "{}]}"
    ended = measured(place, *command, str(write(content)))
    assert ended.status == 1
    assert ended.mb < MOST_MB


@pytest.mark.parametrize("command", [_CHECK, _LIST], ids=" ".join)
@pytest.mark.parametrize("where", ["beside", "within"])
def test_a_flood_of_unknown_keys_costs_no_memory(
    place: Place, small: dict[str, Any], write: Write, command: list[str], where: str
) -> None:
    """An object of a hundred thousand keys is refused before each is judged."""
    flood = {str(number): number for number in range(100_000)}
    if where == "within":
        small["cities"][0]["names"] = flood
    result = place.run(*command, str(write(small if where == "within" else {**small, **flood})))
    assert result.status == 1
    assert "an object of " in result.stdout + result.stderr
    assert "; none has more than 100" in result.stdout + result.stderr


def test_a_list_within_a_record_has_a_bound(place: Place, small: dict[str, Any], write: Write) -> None:
    """A pair with a hundred thousand fields is refused before each is judged."""
    small["pairs"][0]["fields"] = ["x"] * 100_000
    result = place.run("data", "check", str(write(small)))
    assert "holds a list of 100000 entries" in result.json[0]["reason"]


def test_a_check_lists_ten_thousand_faults_and_says_that_there_are_more(
    place: Place, small: dict[str, Any], write: Write
) -> None:
    """Nobody reads more, and nobody takes the list for a whole one."""
    small["cities"] = [{**city, "mayor": 1} for city in small["cities"] * 4000]
    problems = place.run("data", "check", str(write(small))).json
    assert len(problems) == 10_001
    assert problems[-1]["reason"] == "has more faults than the 10000 that are listed"


def test_a_check_of_many_faraway_cities_has_an_end(place: Place, small: dict[str, Any], write: Write) -> None:
    """20 000 cities of one country in two heaps: none is held against all others."""
    for number in range(20_000):
        lat, lon = (60.0, 30.0) if number < 10_000 else (55.0, 160.0)
        city = {"id": f"x{number}-ru", "name": f"X{number}", "country": "RU", "level": "city"}
        small["cities"].append({**city, "lat": lat + number % 97 / 97, "lon": lon + number % 89 / 89})
    ended = measured(place, "data", "check", str(write(small)))
    assert ended.status == 0, ended
    assert b"every other city of RU" not in ended.stdout


def test_a_city_far_from_its_compatriots_is_still_found(place: Place, small: dict[str, Any], write: Write) -> None:
    """What lies within 2000 km of any is near, whichever square of the map it is in."""
    places = {"a": (50, 10), "b": (50, 10.1), "c": (50, 37.5), "d": (50, 38.5), "e": (-50, 10)}
    for name, (lat, lon) in places.items():
        small["cities"].append(
            {"id": f"{name}-fr", "name": name, "country": "FR", "level": "city", "lat": float(lat), "lon": float(lon)}
        )
    small["cities"].sort(key=lambda city: str(city["id"]))
    problems = place.run("data", "check", str(write(small))).json
    assert [problem["record"] for problem in problems if "every other city of FR" in problem["reason"]] == ["e-fr"]


def test_a_pipe_is_read_once(place: Place, small: dict[str, Any]) -> None:
    """``--data <(…)`` answers, whatever the layout: nothing comes out of a pipe a second time."""
    for indent in (None, 1):
        pipe = place.folder / f"pipe{indent}"
        os.mkfifo(pipe)
        content = json.dumps(small, indent=indent)
        writer = threading.Thread(target=pipe.write_text, args=(content,))
        writer.start()
        result = place.run("list", "--data", str(pipe))
        writer.join()
        assert len(result.json) == 2


def _canonical(content: dict[str, Any]) -> str:
    lines: list[str] = []
    for key, value in content.items():
        records = ",\n".join(map(json.dumps, value)) if isinstance(value, list) else ""
        lines.append(f'"{key}": [\n{records}\n]' if records else f'"{key}": {json.dumps(value)}')
    return "{\n" + ",\n".join(lines) + "\n}\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("},\n{", "}\n{"),
        ("},\n{", "},,\n{"),
        ("}\n],", "},\n],"),
        ('",\n"date"', '"\n"date"'),
        ("}\n]\n}", "}\n],\n}"),
    ],
)
def test_a_comma_too_many_or_too_few_is_no_json_in_any_layout(
    place: Place, small: dict[str, Any], write: Write, old: str, new: str
) -> None:
    """What is read line by line is held to the same grammar as what is read whole."""
    content = _canonical(small)
    assert len(place.run("list", "--data", str(write(content))).json) == 2
    assert old in content
    path = str(write(content.replace(old, new, 1)))
    assert "is not JSON" in place.run("data", "check", path).json[0]["reason"]
    assert "is not JSON" in place.run("list", "--data", path).stderr


@pytest.mark.parametrize("depth", [900, 5000, 200_000])
def test_a_header_that_is_nested_deeply_is_no_crash(
    place: Place, small: dict[str, Any], write: Write, depth: int
) -> None:
    """Deep nesting before the first record ends as it does anywhere else."""
    content = _canonical({"licence": "?", **small}).replace(json.dumps(small["licence"]), "[" * depth + "]" * depth)
    result = place.run("list", "--data", str(write(content)))
    assert (result.status, result.stdout, result.stderr.count("\n")) == (1, "", 1)


def test_a_wrong_record_far_down_is_named_without_reading_the_file_again(
    place: Place, small: dict[str, Any], write: Write
) -> None:
    """A file in the canonical layout may be larger than what can be read whole, and its fault is still named."""
    title = "x" * 1000
    small["sources"] += [{**small["sources"][0], "id": f"more-{number}", "title": title} for number in range(17_000)]
    small["pairs"][1]["kind"] = "cousin"
    path = write(_canonical(small))
    assert path.stat().st_size > 17 * _MB
    ended = measured(place, "list", "--data", str(path))
    assert ended.is_one_sentence
    assert f"{small['pairs'][1]['id']}: kind is 'cousin'" in ended.stderr
    assert ended.mb < MOST_MB
    check = measured(place, "data", "check", str(path))
    assert check.is_one_sentence
    assert "16 MB" in check.stderr


def _large(head: bytes, chunk: bytes) -> Iterable[bytes]:
    yield head
    yield from repeat(chunk * _MB, 100)


@pytest.mark.parametrize(
    ("head", "chunk"),
    [(b"{", b" "), (b'{"title": "', b"a"), (b"[", b"\n"), (b'[{"cities": [', b"{},"), (b"a,b\n", b"a,")],
)
def test_an_import_of_nothing_after_a_beginning_has_an_end(place: Place, head: bytes, chunk: bytes) -> None:
    """Blanks, letters or brackets without end behind something that could be a beginning."""
    ended = measured(place, *_IMPORT, "-", stdin=_large(head, chunk))
    assert ended.is_one_sentence, ended
    assert ended.mb < MOST_MB
