"""Every command on narrow, usual and wide terminals: nothing beyond the edge, no word broken, nothing left out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from tests.conftest import Place
from tests.terminals.conftest import COMMANDS, checks, filled, with_a_layer

# Lines that are meant to be copied stand in one piece, however narrow the terminal.
PASTED = ("twincli ", "curl ", "cat ", "http://", "https://", "file://", "Usage: ")
# Of the drawings, what is cut is a legend's entry or an excerpt, and in plain words.
CUT = {"map", "search", "explain", "data", "help", "--help"}


@pytest.mark.parametrize("width", [40, 80, 300])
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_fits(place: Place, command: tuple[str, ...], file: str, width: int) -> None:
    """At 40, 80 and 300 columns no line runs beyond the edge but what is to be copied, and no cell ends in dots."""
    with_a_layer(place, command, file)
    result = place.table(*filled(command, file), width=width)
    assert result.status == checks(command)
    for line in result.lines:
        assert cell_len(line) <= max(width, 80 if not command else 0) or any(sign in line for sign in PASTED), line
        assert "…" not in line or command[0] in CUT, line


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_running_text_is_not_as_wide_as_a_wall(place: Place, command: tuple[str, ...], file: str) -> None:
    """On a terminal of 300 columns prose is set at a width that reads well, and help at that of all helps."""
    with_a_layer(place, command, file)
    result = place.table(*filled(command, file), width=300)
    is_prose = bool({"explain", "help", "--help"} & set(command[:1]))
    assert not is_prose or max(cell_len(line) for line in result.lines if "://" not in line) <= 110


@pytest.mark.parametrize("arguments", [["list", "-c", "Indonesia"], ["show", "Jakarta"], ["list", "-c", "Wales"]])
def test_a_narrow_list_breaks_no_word(place: Place, arguments: list[str]) -> None:
    """At 40 columns a list stands in lines: who, and below it since when and in what state, no word broken."""
    pairs = place.run(*arguments).json
    pairs = pairs["pairs"] if isinstance(pairs, dict) else pairs
    lines = place.table(*arguments, width=40).lines
    words = set(" ".join(lines).replace(",", " ").split())
    for pair in pairs:
        partner = pair["cities"][1]
        assert set(f"{partner['name']} {partner['country_name']['en']}".replace(",", " ").split()) <= words
        assert {pair["status"], *([pair["since"][:4]] if pair["since"] else [])} <= words


def test_a_narrow_list_says_what_a_wide_one_says(
    place: Place, small: dict[str, Any], write: Callable[[Any], Path]
) -> None:
    """The lines have city, partner, country, year, status with its year, and the marks, in the table's order."""
    lines = place.table("list", "-c", "Indonesia", "--with", "Netherlands", width=40).lines
    assert lines[:4] == ["Ambon", "  Vlissingen, Netherlands", "    Since 1996 · active", "Banda Aceh"]
    path = str(write(small))
    several = place.table("list", "--sort", "since", "--data", path, width=40).lines
    assert several[0] == "Coventry, United Kingdom – Volgograd,"
    assert several[1:3] == ["  Russia", "  Since 1944 · suspended (2022) !"]


def test_a_narrow_list_keeps_its_colours(place: Place) -> None:
    """A status has its colour in lines too, and without colours they say the same."""
    command = ("list", "--status", "suspended", "-n", "3")
    coloured = place.run(*command, tty=True, environ={"COLUMNS": "40"}).stdout
    assert coloured.count("\x1b[35m") >= 3
    plain = place.table(*command, width=40).stdout
    assert coloured.replace("\x1b[35m", "").replace("\x1b[0m", "").replace("\x1b[1m", "") == plain


def test_narrow_help_has_each_meaning_below_its_option(place: Place) -> None:
    """At 40 columns the help is folded between words, and each option's meaning stands beneath it."""
    lines = place.table("help", "list", width=40).lines
    at = lines.index("  -c, --country NAME")
    assert lines[at + 1].startswith("      Pairs with a city")
    assert all(len(line) <= 40 for line in lines if "twincli" not in line)


@pytest.mark.parametrize("columns", ["0", "-5", "abc", "", "99999999999999999999", "1e3", "٤٠", "9999", "1", "7"])
def test_any_value_of_columns(place: Place, columns: str) -> None:
    """Whatever COLUMNS holds, there is an answer; what is no width is ignored."""
    for command in (["list", "-n", "3"], ["stats", "--by", "decade"], ["map", "--city", "Jakarta"], ["help", "list"]):
        result = place.run(*command, tty=True, environ={"COLUMNS": columns, "NO_COLOR": "1"})
        assert (result.status, bool(result.stdout)) == (0, True)
