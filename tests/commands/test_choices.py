"""What decides the language and the format: options, then our variables, then the general ones."""

from __future__ import annotations

import json

import pytest

from tests.conftest import Place

ENGLISH, INDONESIAN = "Cairo, Egypt", "Kairo, Mesir"
PROGRAMS = ("json", "jsonl", "csv", "tsv")


@pytest.mark.parametrize(
    ("arguments", "environ", "heading"),
    [
        ([], {"LANG": ""}, ENGLISH),
        ([], {"LANG": "id_ID.UTF-8"}, INDONESIAN),
        ([], {"LANG": "en_GB.UTF-8"}, ENGLISH),
        ([], {"LANG": "de_DE.UTF-8"}, ENGLISH),
        ([], {"LANG": "nonsense"}, ENGLISH),
        ([], {"LANG": "id_ID.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, ENGLISH),
        ([], {"LC_MESSAGES": "en_US.UTF-8", "LC_ALL": "id_ID.UTF-8"}, INDONESIAN),
        ([], {"LC_ALL": "en_US.UTF-8", "LANGUAGE": "id:en"}, INDONESIAN),
        ([], {"LANGUAGE": "id", "TWINCLI_LANG": "en"}, ENGLISH),
        ([], {"TWINCLI_LANG": "id"}, INDONESIAN),
        (["--lang", "en"], {"TWINCLI_LANG": "id"}, ENGLISH),
        (["--lang", "id"], {"TWINCLI_LANG": "en", "LANG": "en_GB.UTF-8"}, INDONESIAN),
    ],
)
def test_what_decides_the_language(place: Place, arguments: list[str], environ: dict[str, str], heading: str) -> None:
    """``--lang``, else TWINCLI_LANG, else the locale in gettext's order; a language unknown to us is English."""
    shown = place.run("show", "Cairo", "--format", "table", *arguments, environ=environ)
    assert shown.stdout.splitlines()[0] == heading


def test_the_language_turns_everything_for_people(place: Place) -> None:
    """Names of cities and countries, notes, labels, remarks and errors come in the language spoken."""
    for arguments in (
        ["list", "-c", "Egypt", "--format", "table"],
        ["list", "-c", "Egypt", "--format", "markdown"],
        ["show", "Jakarta", "Rotterdam", "--format", "table"],
        ["explain", "benefits", "--format", "table"],
        ["explain", "benefits", "--format", "markdown"],
        ["explain", "--format", "table"],
        ["data", "info", "--format", "table"],
    ):
        english, indonesian = (place.run(*arguments, "--lang", language).stdout for language in ("en", "id"))
        assert english != indonesian, arguments
    for wrong in (["list", "-c", "Nowhereland"], ["list", "-c", "ID", "--since", "..1000"], ["show", "Stalingrad"]):
        english, indonesian = (place.run(*wrong, "--lang", language).stderr for language in ("en", "id"))
        assert english
        assert indonesian
        assert english != indonesian, wrong


@pytest.mark.parametrize(
    "arguments",
    [
        ["list", "-c", "Egypt", "-c", "Indonesia"],
        ["show", "Cairo"],
        ["show", "Jakarta", "Rotterdam"],
        ["explain"],
        ["explain", "benefits"],
    ],
)
def test_programs_get_the_same_in_every_language(place: Place, arguments: list[str]) -> None:
    """JSON, JSON Lines, CSV and TSV carry both languages and do not depend on the one spoken."""
    for format_ in PROGRAMS:
        english, indonesian = (
            place.run(*arguments, "--format", format_, environ={"LANG": locale}).stdout
            for locale in ("en_GB.UTF-8", "id_ID.UTF-8")
        )
        assert english == indonesian


def test_a_note_in_json_has_both_languages(place: Place) -> None:
    """A script that reads a note chooses the language itself."""
    note = place.run("explain", "benefits").json
    assert set(note["title"]) == set(note["summary"]) == set(note["body"]) == {"en", "id"}


def test_in_a_pipe_it_is_json_on_a_terminal_a_table(place: Place) -> None:
    """The kind of stdout decides where nobody else does; each command has both forms."""
    for arguments in (["list", "-n", "2"], ["show", "Jakarta"], ["explain"], ["explain", "water"], ["data", "info"]):
        json.loads(place.run(*arguments).stdout)
        with pytest.raises(json.JSONDecodeError):
            json.loads(place.run(*arguments, tty=True).stdout)
        assert place.run(*arguments, tty=True, environ={"TWINCLI_FORMAT": ""}).stdout


def test_options_force_either_form(place: Place) -> None:
    """``--json`` gives JSON on a terminal, ``--format table`` a table in a pipe."""
    for arguments in (["list", "-n", "2"], ["show", "Jakarta"], ["explain"], ["explain", "water"], ["data", "info"]):
        piped = place.run(*arguments).stdout
        assert place.run(*arguments, "--json", tty=True).stdout == piped
        assert place.run(*arguments, "--format", "json", tty=True).stdout == piped
        assert place.run(*arguments, "--format", "table").stdout != piped


def test_a_variable_chooses_the_format(place: Place) -> None:
    """TWINCLI_FORMAT chooses in a pipe and on a terminal; an option is stronger."""
    csv = place.run("list", "-n", "2", "--format", "csv").stdout
    for tty in (False, True):
        assert place.run("list", "-n", "2", environ={"TWINCLI_FORMAT": "csv"}, tty=tty).stdout == csv
    assert place.run("list", "-n", "2", "--json", environ={"TWINCLI_FORMAT": "csv"}).json
    tsv = place.run("list", "-n", "2", "--format", "tsv").stdout
    assert place.run("list", "-n", "2", "--format", "tsv", environ={"TWINCLI_FORMAT": "csv"}).stdout == tsv


def test_json_twice_is_no_contradiction(place: Place) -> None:
    """``--json --format json`` says one thing twice; ``--json --format csv`` says two."""
    assert place.run("list", "-n", "1", "--json", "--format", "json").json
    result = place.run("list", "-n", "1", "--json", "--format", "csv")
    assert result.status == 2
    assert not result.stdout
    assert "--json and --format csv contradict each other" in result.stderr


def test_quiet_silences_remarks_not_errors(place: Place) -> None:
    """``--quiet`` drops what is only remarked; an error is still told."""
    assert place.run("show", "Batavia").stderr
    assert not place.run("show", "Batavia", "--quiet").stderr
    assert place.run("show", "Nowhereville", "--quiet").stderr.startswith("Error: ")
