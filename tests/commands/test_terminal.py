"""On a real pseudo-terminal: a table, colours where they are wanted, a pager where one was asked for."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.conftest import Place

COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture
def warm(place: Place) -> Place:
    """The place, its index surely built."""
    place.run("list", "-n", "1")
    return place


def test_a_terminal_gets_a_table(warm: Place) -> None:
    """On a terminal ``list`` is a table in the terminal's width, with a line of totals."""
    shown = warm.terminal("list", "-c", "Indonesia", width=100, NO_COLOR="1").stdout
    with pytest.raises(json.JSONDecodeError):
        json.loads(shown)
    assert shown.startswith("City ")
    assert re.search(r"^\d+ pairs: ", shown, re.MULTILINE)
    assert max(map(len, shown.splitlines())) <= 100
    assert any(len(line) > 80 for line in shown.splitlines())


def test_columns_overrides_the_terminal_s_width(warm: Place) -> None:
    """COLUMNS decides the width where it is set."""
    shown = warm.terminal("list", "-c", "Indonesia", width=200, COLUMNS="70", NO_COLOR="1").stdout
    table, __, totals = shown.partition("\n\n")
    assert max(map(len, [*table.splitlines(), totals.splitlines()[0]])) <= 70


def test_hidden_columns_are_told(warm: Place) -> None:
    """Where columns had to go, the reader is told once how to get them."""
    narrow = warm.terminal("list", "-c", "Indonesia", "-n", "5", width=60, NO_COLOR="1").stdout
    assert len(re.findall(r"columns hidden", narrow)) == 1
    assert "hidden" not in warm.terminal("list", "-c", "Indonesia", "-n", "5", width=250, NO_COLOR="1").stdout


def test_json_can_be_forced_on_a_terminal(warm: Place) -> None:
    """``--json`` on a terminal is the JSON of a pipe, plain."""
    shown = warm.terminal("list", "-c", "Indonesia", "-n", "2", "--json").stdout
    assert shown == warm.run("list", "-c", "Indonesia", "-n", "2").stdout


@pytest.mark.parametrize(
    ("environ", "coloured"),
    [
        ({}, True),
        ({"NO_COLOR": ""}, True),
        ({"NO_COLOR": "1"}, False),
        ({"TERM": "dumb"}, False),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, True),
    ],
    ids=str,
)
def test_what_decides_the_colours(warm: Place, environ: Any, coloured: bool) -> None:
    """Colours on a terminal, unless NO_COLOR is set and not empty, or the terminal is dumb; FORCE_COLOR wants them."""
    shown = warm.terminal("list", "-c", "Indonesia", "-n", "20", **environ).stdout
    assert bool(COLOUR.search(shown)) is coloured


@pytest.mark.parametrize("arguments", [["show", "Jakarta", "Rotterdam"], ["explain", "water"], ["data", "info"]])
def test_no_colour_means_no_escape_at_all(warm: Place, arguments: list[str]) -> None:
    """With NO_COLOR or on a dumb terminal no command writes an escape sequence, links included."""
    choices: list[Any] = [{"NO_COLOR": "1"}, {"TERM": "dumb"}]
    for environ in choices:
        shown = warm.terminal(*arguments, **environ).stdout
        assert shown
        assert "\x1b" not in shown


def test_only_the_terminal_s_own_colours(warm: Place) -> None:
    """Of colours there are the terminal's sixteen, and none is dimmed, white, black, yellow or blue."""
    shown = warm.terminal(
        "list", "--status", "ended", "--status", "active", "--status", "suspended", "-n", "400"
    ).stdout
    codes = {code for match in COLOUR.findall(shown) for code in match[2:-1].split(";")}
    assert codes <= {"", "0", "1", "3", "4", "31", "32", "35", "36"}
    assert {"31", "32", "35"} <= codes


def test_a_pipe_has_no_colours_unless_forced(warm: Place) -> None:
    """Off a terminal a table is plain; FORCE_COLOR keeps the colours for ``less -R``; JSON never has any."""
    command = ("list", "-c", "Indonesia", "-n", "9")
    plain = warm.run(*command, "--format", "table").stdout
    assert "\x1b" not in plain
    forced = warm.run(*command, "--format", "table", environ={"FORCE_COLOR": "1"}).stdout
    assert COLOUR.search(forced)
    assert COLOUR.sub("", forced) == plain
    assert "\x1b" not in warm.run(*command, environ={"FORCE_COLOR": "1"}).stdout


def test_colours_say_nothing_that_words_do_not(warm: Place) -> None:
    """Without its colours the table says the same."""
    command = ("list", "--status", "ended", "-n", "9")
    coloured = COLOUR.sub("", warm.terminal(*command).stdout)
    assert [line.rstrip() for line in coloured.splitlines()] == warm.terminal(*command, NO_COLOR="1").lines


def test_long_answers_go_through_the_pager_asked_for(warm: Place) -> None:
    """PAGER, or TWINCLI_PAGER before it, gets what is taller than the terminal, and nothing else."""
    mark = "sed s/^/>/"
    tall, short = ("list", "-c", "Indonesia"), ("list", "-c", "Indonesia", "-n", "2")
    assert warm.terminal(*tall, PAGER=mark, NO_COLOR="1").stdout.startswith(">City")
    assert warm.terminal(*tall, PAGER="false", TWINCLI_PAGER=mark, NO_COLOR="1").stdout.startswith(">City")
    unpaged: list[tuple[tuple[str, ...], Any]] = [
        (short, {"PAGER": mark}),
        ((*tall, "--no-pager"), {"PAGER": mark}),
        (tall, {}),
        (tall, {"PAGER": "no-such-pager-anywhere"}),
        (tall, {"PAGER": "false"}),  # a pager that fails has shown nothing
        ((*tall, "--json"), {"PAGER": mark}),
    ]
    for arguments, environ in unpaged:
        shown = warm.terminal(*arguments, **environ, NO_COLOR="1").stdout
        assert shown.startswith(("City", "["))


def test_a_pager_that_is_left_early_is_no_error(warm: Place) -> None:
    """Leaving the pager before the end is a normal end."""
    result = warm.terminal("list", "-c", "Germany", width=200, PAGER="head -1", NO_COLOR="1")
    assert result.status == 0
    assert len(result.lines) <= 3


def test_help_on_a_terminal_is_plain(warm: Place) -> None:
    """Help has neither boxes nor colours on a terminal either."""
    shown = warm.terminal("help", "list").stdout
    assert shown == warm.run("help", "list").stdout


def test_what_is_said_breaks_between_words(warm: Place) -> None:
    """On a terminal no word of a remark or an error runs over the edge; a command to be pasted stays in one piece."""
    for arguments in (("list", "-c", "Indonesia"), ("list", "Indonesia"), ("show", "Springfield")):
        said = [line.rstrip() for line in warm.terminal(*arguments, width=60, NO_COLOR="1").lines]
        whole = warm.run(*arguments, tty=True, environ={"COLUMNS": "60"}).stderr.splitlines()
        for line in whole:
            if len(line) > 60:
                words = line.split()
                assert words[0] in " ".join(said).split()
                assert any(entry.endswith(words[-1]) for entry in said), line
        assert all(len(line) <= 60 or "twincli " in line for line in said)
