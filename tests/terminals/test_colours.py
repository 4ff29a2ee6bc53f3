"""Colours that can be read on white and on black, and none where none are wanted, on every command."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.conftest import Place
from tests.terminals.conftest import COMMANDS, checks, filled, with_a_layer

SGR = re.compile(r"\x1b\[([0-9;]*)m")
LINK = re.compile(r"\x1b\]8;[^\x1b]*\x1b\\")
# Of the sixteen: red, green, magenta, cyan. Bold, italic, underlined, reversed and plain besides.
READABLE = {"", "0", "1", "3", "4", "7", "22", "31", "32", "35", "36"}
# What common terminals show for these four, as they come: VGA, xterm, Windows before and after 2017, macOS, GNOME,
# Solarized, Visual Studio Code's dark and light.
PALETTES = {
    "red": "aa0000 cd0000 800000 c50f1f c23621 cc0000 dc322f cd3131 cd3131",
    "green": "00aa00 00cd00 008000 13a10e 25bc24 4e9a06 859900 0dbc79 107c10",
    "magenta": "aa00aa cd00cd 800080 881798 d338d3 75507b d33682 bc3fbc bc05bc",
    "cyan": "00aaaa 00cdcd 008080 3a96dd 33bbc8 06989a 2aa198 11a8cd 0598bc",
}
LEAST_CONTRAST = 1.9


def _luminance(colour: str) -> float:
    """Return the relative luminance of a colour as WCAG defines it."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_colour_can_be_read_on_white_and_on_black(place: Place, command: tuple[str, ...], file: str) -> None:
    """Only four of the terminal's sixteen colours, no background, nothing dimmed, no white, no black."""
    with_a_layer(place, command, file)
    environ = {"COLUMNS": "100", "TERM": "xterm-256color"}
    shown = place.run(*filled(command, file), tty=True, environ=environ)
    assert shown.status == checks(command)
    assert {code for codes in SGR.findall(shown.stdout) for code in codes.split(";")} <= READABLE


def test_these_colours_are_none_of_the_faint_ones() -> None:
    """In nine common palettes each stands out from white and from black; yellow and blue would not."""
    for colours in PALETTES.values():
        for colour in colours.split():
            light = _luminance(colour)
            assert min((light + 0.05) / 0.05, 1.05 / (light + 0.05)) >= LEAST_CONTRAST
    for xterm, ground in (("cdcd00", 1.05), ("ffff00", 1.05)):
        assert ground / (_luminance(xterm) + 0.05) < LEAST_CONTRAST


CHOICES: list[Any] = [{"NO_COLOR": "1"}, {"TERM": "dumb"}]


@pytest.mark.parametrize("environ", CHOICES, ids=str)
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_colour_on_any_command(place: Place, command: tuple[str, ...], file: str, environ: dict[str, str]) -> None:
    """With NO_COLOR, and on a dumb terminal, there is no escape sequence or control character on either stream."""
    with_a_layer(place, command, file)
    shown = place.run(*filled(command, file), tty=True, stderr_tty=True, environ={"COLUMNS": "100", **environ})
    assert shown.status == checks(command)
    assert shown.stdout
    progress = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\r", "", shown.stderr) if "NO_COLOR" in environ else shown.stderr
    for text in (shown.stdout, progress):
        assert not [letter for letter in text if letter < " " and letter != "\n"]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_without_colours_it_says_the_same(place: Place, command: tuple[str, ...], file: str) -> None:
    """What colours say stands there in words or signs too."""
    if command[:1] == ("search",):
        pytest.skip("what is bold among colours stands between asterisks without")
    with_a_layer(place, command, file)
    variables = {"COLUMNS": "90", "TERM": "xterm"}
    coloured = place.run(*filled(command, file), tty=True, environ=variables).stdout
    with_a_layer(place, command, file)
    plain = place.run(*filled(command, file), tty=True, environ={**variables, "NO_COLOR": "1"}).stdout
    assert _words(coloured) == _words(plain)


def _words(text: str) -> list[str]:
    """Return the lines without colours, links, and the spaces at their ends, which colours keep."""
    return [line.rstrip() for line in LINK.sub("", SGR.sub("", text)).splitlines()]
