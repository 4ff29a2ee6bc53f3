"""Every command in every encoding: no crash, and plain letters rather than question marks."""

from __future__ import annotations

import pytest

from tests.conftest import Place
from tests.terminals.conftest import COMMANDS, MISTAKES, checks, filled, with_a_layer
from twincli.plain import plain

# ASCII, Western Europe, Windows there and in Central Europe, DOS, Japan, Russia.
ENCODINGS = ("ascii", "latin-1", "cp1252", "cp1250", "cp437", "shift_jis", "koi8-r")
# Which draw with other signs where the usual ones cannot be shown.
DRAWN = ("map", "stats", "path")


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_letters_that_cannot_be_shown_have_plain_ones(place: Place, command: tuple[str, ...], file: str) -> None:
    """Where the terminal has ASCII only, every letter is shown as what people type for it."""
    with_a_layer(place, command, file)
    environ = {"COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb"}
    shown = place.run(*filled(command, file), tty=True, encoding="ascii", environ=environ)
    assert shown.status == checks(command)
    with_a_layer(place, command, file)
    whole = place.run(*filled(command, file), tty=True, environ=environ).stdout
    if command[:1] and command[0] in DRAWN:
        assert shown.stdout.count("?") == whole.count("?") or "map" in command
        assert "?" * 2 not in shown.stdout
    else:
        assert shown.stdout == "".join(letter if letter.isascii() else plain(letter) for letter in whole)


@pytest.mark.parametrize("encoding", ENCODINGS[1:])
def test_every_command_in_every_encoding(place: Place, file: str, encoding: str) -> None:
    """No encoding makes a command fail, and what an encoding has is shown as it is."""
    for command in COMMANDS:
        if command[:1] == ("data",):
            continue
        result = place.run(*filled(command, file), tty=True, encoding=encoding, environ={"COLUMNS": "90"})
        assert result.status == 0, command
        assert result.stdout, command
    umlaut = place.run("show", "Köln", tty=True, encoding=encoding, environ={"COLUMNS": "90"}).stdout
    name = "Köln" if "ö" in "ö".encode(encoding, "ignore").decode(encoding) else "Koln"
    assert name in umlaut


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_mistakes_in_every_encoding(place: Place, encoding: str) -> None:
    """What goes wrong is said in any encoding, with its status."""
    for command, status in MISTAKES:
        done = place.run(*command, encoding=encoding)
        assert (done.status, done.stdout) == (status, "")
        assert done.stderr


def test_no_city_s_name_becomes_question_marks(place: Place) -> None:
    """Of all names of cities and countries in the bundled data, none has a question mark in ASCII."""
    shown = place.run("list", "--format", "table", "--confidence", "high", encoding="ascii").stdout
    # Such as the note of a weak source, which these pairs have not.
    assert "?" not in shown.rsplit("\n\n", 1)[0]


@pytest.mark.parametrize(
    ("letter", "shown"),
    [
        *(("ő", "o"), ("Ł", "L"), ("ß", "ss"), ("Æ", "Ae"), ("æ", "ae"), ("İ", "I"), ("ı", "i"), ("ǰ", "j")),
        *(("–", "-"), ("“", '"'), ("ʻ", "'"), ("…", "..."), ("─", "-"), ("│", "|"), ("→", "->"), ("\u00a0", " ")),
        *(("京", "?"), ("\ud800", "?"), ("\ufffd", "?"), ("😀", "?"), ("½", "1?2"), ("\u0301", "")),
    ],
)
def test_what_is_shown_for_a_letter(letter: str, shown: str) -> None:
    """Marks fall away, letters of their own become what is typed for them; what has no likeness is a question mark."""
    assert plain(letter) == shown


def test_files_are_utf_8_whatever_the_terminal(place: Place, file: str) -> None:
    """What is written to a file keeps every letter."""
    path = file + ".txt"
    place.run("show", "Łódź", "-o", path, "--format", "table", encoding="ascii")
    with open(path, encoding="utf-8") as written:
        assert written.read() == place.run("show", "Łódź", "--format", "table").stdout


def test_a_name_typed_on_a_mac(place: Place) -> None:
    """A name whose marks are letters of their own, as some systems spell file names, is the same name."""
    assert place.run("show", "O\u0308demis\u0327").stdout == place.run("show", "Ödemiş").stdout
