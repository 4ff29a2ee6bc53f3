"""Help: within reach everywhere, plain, 80 columns wide, and true."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.command_tree import COMMANDS as TREE
from tests.conftest import Place
from twincli import __version__
from twincli.cli import COMMANDS

PATHS = [list(words) for words in TREE]


def test_no_arguments_is_a_welcome(place: Place) -> None:
    """``twincli`` alone says what it is for, with three examples and the way to more, and is no error."""
    for tty in (False, True):
        result = place.run(tty=tty)
        assert (result.status, result.stderr) == (0, "")
        assert len([line for line in result.lines if line.startswith("  twincli ")]) == 3
        assert "twincli --help" in result.lines[-1]


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_help_is_the_same_however_it_is_asked_for(place: Place, path: list[str]) -> None:
    """``-h``, ``--help`` and ``help COMMAND`` are one text, on stdout, with status 0."""
    result = place.run(*path, "--help")
    assert (result.status, result.stderr) == (0, "")
    assert place.run(*path, "-h").stdout == result.stdout
    assert place.run("help", *path).stdout == result.stdout
    assert result.stdout.startswith("Usage: " + " ".join(["twincli", *path]) + " ")
    assert not re.search("[{}]", result.lines[0])


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
@pytest.mark.parametrize("environ", [{"COLUMNS": "80"}, {"COLUMNS": "200"}, {"TERM": "dumb"}, {"FORCE_COLOR": "1"}])
def test_help_is_plain_text_of_80_columns(place: Place, path: list[str], environ: dict[str, str]) -> None:
    """Help fits 80 columns, draws no boxes, and has no colours, whatever the terminal."""
    shown = place.run("help", *path, tty=True, environ=environ).stdout
    assert max(map(len, shown.splitlines())) <= 80
    assert not re.search("[─-╿\x1b]", shown)


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_help_opens_with_examples(place: Place, path: list[str]) -> None:
    """After one sentence come two or three examples of this very command, before anything is explained or listed."""
    usage, sentence, examples, *__ = place.run("help", *path).stdout.split("\n\n")
    assert usage.startswith("Usage: ")
    assert " ".join(sentence.split()).count(". ") == 0
    lines = examples.splitlines()
    assert lines[0].startswith("    " + " ".join(["twincli", *path]))
    assert all("twincli " in line for line in lines)
    # That of twincli itself shows a pair as well as a city.
    assert 2 <= len(lines) <= (3 if path else 4)


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_help_ends_with_the_exit_statuses_and_where_to_report(place: Place, path: list[str]) -> None:
    """What the statuses mean and where to report a wrong record stand at the end of every help."""
    end = " ".join(place.run("help", *path).stdout.split("\n\n")[-1].split())
    for said in ("Exit status: 0 done", "1 not found or bad data", "2 wrong usage", "wrong record", "CONTRIBUTING.md"):
        assert said in end


def test_no_line_on_a_command_is_cut(place: Place) -> None:
    """The list of a group's commands has whole sentences, and no dots where they were too long."""
    for path in ([], ["data"]):
        assert "..." not in place.run("help", *path).stdout.partition("Commands:")[2]


def test_no_word_to_be_typed_is_broken(place: Place) -> None:
    """A line never ends within a choice such as urban-planning, and bounds are said in words."""
    for path in PATHS:
        shown = place.run("help", *path).stdout
        assert not re.search(r"\w-$", shown, re.MULTILINE), path
        assert not re.search(r"x[<>]=|<=x", shown), path


def test_help_lists_every_command(place: Place) -> None:
    """The help names every command with a line on each, and what the statuses mean."""
    shown = place.run("--help").stdout
    for name, (__, line) in COMMANDS.items():
        assert f" {name} {line} " in " ".join(shown.split())
    assert "Exit status: 0" in shown


def test_options_are_grouped_by_what_they_are_for(place: Place) -> None:
    """``help list`` has the options for which pairs first, then order, then form."""
    shown = place.run("help", "list").stdout
    places = [shown.index(heading) for heading in ("Which pairs:", "In what order:", "In what form:")]
    assert places == sorted(places)


def test_every_long_option_of_a_letter(place: Place) -> None:
    """Every short option stands beside its long form."""
    for path in PATHS:
        shown = place.run("help", *path).stdout
        assert all("--" in line for line in shown.splitlines() if re.match(r"  -\w\b", line))


def test_the_version(place: Place) -> None:
    """``--version`` names program and version and nothing else."""
    assert place.run("--version").stdout == f"twincli {__version__}\n"


# Those of import, diff, remove and update need files, layers and the network, and have tests of their own.
@pytest.mark.parametrize(
    "path",
    [path for path in PATHS if path[:1] != ["data"] or path[1:] in ([], ["check"], ["info"], ["schema"])],
    ids=" ".join,
)
def test_the_examples_in_the_help_work(
    place: Place, path: list[str], small: dict[str, Any], need: Callable[[str], str]
) -> None:
    """Every line shown as an example can be pasted into bash and succeeds."""
    need("jq")
    (place.folder / "my-pairs.json").write_text(json.dumps(small), "utf-8")
    place.run("list", "-n", "1")
    shown = place.run("help", *path).stdout
    lines = re.findall(r"^    ((?:cat \S+ \| )?twincli .*?)(?:   .*)?$", shown, re.MULTILINE)
    assert lines
    for line in lines:
        done = place.shell(f"set -o pipefail\n{line}")
        assert done.returncode == 0, (line, done.stderr)
