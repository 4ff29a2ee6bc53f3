"""In a pipe it is JSON: with real bash and real jq, and readers that leave early."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import Place

Need = Callable[[str], str]

FORMATS = ("table", "json", "jsonl", "csv", "tsv", "markdown")


@pytest.fixture
def warm(place: Place) -> Place:
    """The place, its index surely built."""
    place.run("list", "-n", "1")
    return place


def test_partners_by_jq(warm: Place, need: Need) -> None:
    """``twincli list --country Indonesia | jq -r '.[].cities[1].name'`` gives the partners, one a line."""
    need("jq")
    done = warm.shell("twincli list --country Indonesia | jq -r '.[].cities[1].name'")
    expected = [pair["cities"][1]["name"] for pair in warm.run("list", "--country", "Indonesia").json]
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == expected


def test_a_summary_by_jq(warm: Place, need: Need) -> None:
    """``twincli explain benefits | jq .summary`` gives the summary in both languages."""
    need("jq")
    done = warm.shell("twincli explain benefits | jq .summary")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == warm.run("explain", "benefits").json["summary"]


def test_the_first_lines_by_head(warm: Place) -> None:
    """``twincli list | head -3`` ends quietly, for twincli too, with the array opened and two records in it."""
    done = warm.shell("twincli list | head -3; echo ${PIPESTATUS[0]} >&2")
    assert done.stderr == "0\n"
    lines = done.stdout.splitlines()
    assert lines[0] == "["
    assert [json.loads(line.rstrip(","))["kind"] for line in lines[1:]]
    assert len(lines) == 3


def test_every_format_ends_quietly_when_nobody_reads(warm: Place) -> None:
    """``| head -1`` on every format, and on help, explain and show: status 0 and nothing on stderr."""
    formats = [f"list --region Europe -n 1200 --format {name}" for name in FORMATS]
    commands = [*formats, "explain --all", "show Jakarta", "list --help", "data schema"]
    script = "".join(f"twincli {command} | head -1 > /dev/null; echo ${{PIPESTATUS[0]}}\n" for command in commands)
    done = warm.shell(script)
    assert done.stderr == ""
    assert done.stdout.split() == ["0"] * len(commands)


def test_nobody_reads_at_all(warm: Place) -> None:
    """A reader that never reads is as quiet as one that leaves early."""
    done = warm.shell("twincli list | true; echo ${PIPESTATUS[0]}")
    assert (done.stdout, done.stderr) == ("0\n", "")


def test_grep_serves(warm: Place, bundled: dict[str, Any]) -> None:
    """One record a line: grep counts them, and picks out whole ones that jq reads."""
    ended = sum(pair["status"] == "ended" for pair in bundled["pairs"])
    done = warm.shell("""twincli list --json | grep -c '"status": *"ended"'""")
    assert int(done.stdout) == ended
    line = warm.shell("""twincli list --json | grep '"id": "jakarta-rotterdam"'""").stdout
    assert json.loads(line.rstrip(",\n"))["id"] == "jakarta-rotterdam"


def test_a_table_can_be_forced_into_a_pipe(warm: Place) -> None:
    """``--format table`` in a pipe is the table that a terminal of unlimited width would show, uncoloured."""
    done = warm.shell("twincli list -c Indonesia --format table | cat")
    assert done.stderr == ""
    assert done.stdout == warm.run("list", "-c", "Indonesia", "--format", "table").stdout
    assert "\x1b" not in done.stdout


def test_a_remark_does_not_reach_the_pipe(warm: Place, need: Need) -> None:
    """What is remarked on stderr leaves the JSON alone."""
    need("jq")
    done = warm.shell("twincli show Stalingrad | jq -r .city.id")
    assert done.stdout == "volgograd-ru\n"
    assert "former name" in done.stderr


def test_a_list_of_names_feeds_the_program_again(warm: Place, need: Need) -> None:
    """The ids that come out of one command are names that go into another."""
    need("jq")
    done = warm.shell(
        "twincli list -c Indonesia -n 3 | jq -r '.[].cities[].id' | xargs -n 2 "
        '"$PYTHON" -m twincli show | jq -r .pair.id',
        PYTHON=sys.executable,
    )
    assert done.stderr == ""
    assert done.stdout.split() == [pair["id"] for pair in warm.run("list", "-c", "Indonesia", "-n", "3").json]
