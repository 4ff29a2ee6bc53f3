"""What is offered where: the protocol between the shells' scripts and the program, without a shell."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.command_tree import COMMANDS
from tests.conftest import Place
from twincli.commands.completion import mark_of
from twincli.query.beginnings import DEPENDENT, SORTS
from twincli.text import fold
from twincli.vocabulary import Confidence, Document, Field, Grouping, Kind, Sort, Status

# What a user types freely: numbers, dates, texts, and names that are new.
FREE = {
    "since", "limit", "text", "top", "year", "timeout", "pause", "size", "endpoint", "contact", "columns", "name",
    "command",
}  # fmt: skip


def offers(place: Place, *words: str, **environ: str) -> dict[str, str]:
    """What fish is told after these words, the last one unfinished: each offer with its meaning."""
    result = place.run("twincli", *words, environ={"_TWINCLI_COMPLETE": "fish", **environ})
    assert (result.status, result.stderr) == (0, "")
    assert result.lines[:1] in ([], ["words"]), result.stdout
    return dict(line.split("\t") for line in result.lines[1:])


def test_every_value_is_offered_or_free() -> None:
    """Each option and argument that takes a value has its choices, a mark of what is offered, or is typed freely."""
    for words, command in COMMANDS.items():
        for parameter in command.params:
            if parameter.param_type_name == "option" and parameter.is_flag:
                continue
            mark = mark_of(command, parameter)
            offered = getattr(parameter.type, "choices", ()) or (mark and (mark.sorts or mark.words or mark.files))
            assert offered or parameter.name in FREE, (words, parameter.name)
            assert set(mark.sorts if mark else ()) <= {*SORTS, *DEPENDENT}, (words, parameter.name)


def test_every_command_is_offered(place: Place) -> None:
    """All commands with their lines, those of a group behind its name, and the same behind ``help``."""
    for words, command in COMMANDS.items():
        if words and hasattr(command, "list_commands"):
            wanted = {path[-1] for path in COMMANDS if path[:-1] == words}
            assert set(offers(place, *words, "")) == set(offers(place, "help", *words, "")) == wanted
    top = offers(place, "")
    assert set(top) == {path[0] for path in COMMANDS if path}
    assert all(top.values())


def test_every_option_is_offered(place: Place) -> None:
    """Behind a hyphen come the long options with their help, those that were given once left out."""
    for words, command in COMMANDS.items():
        options = [parameter for parameter in command.params if parameter.param_type_name == "option"]
        names = {name for option in options for name in (*option.opts, *option.secondary_opts)}
        wanted = {name for name in names if name.startswith("--")} | {"--help"}
        if words != ("help",):
            assert set(offers(place, *words, "--")) == wanted
    again = offers(place, "list", "--json", "--city", "Jakarta", "--reverse", "--")
    assert "--city" in again
    assert not {"--json", "--reverse"} & set(again)


@pytest.mark.parametrize(
    ("words", "values"),
    [
        (["list", "--kind"], Kind),
        (["list", "--field"], Field),
        (["list", "--status"], Status),
        (["list", "--confidence"], Confidence),
        (["list", "--sort"], Sort),
        (["stats", "--by"], Grouping),
        (["data", "schema"], Document),
        (["list", "--format"], ["table", "json", "jsonl", "csv", "tsv", "markdown", "geojson", "graphml"]),
        (["explain", "--format"], ["table", "json", "jsonl", "csv", "tsv", "markdown"]),
        (["--install-completion"], ["bash", "zsh", "fish"]),
    ],
)
def test_every_choice_is_offered(place: Place, words: list[str], values: Any) -> None:
    """The closed lists, whole and by their beginnings."""
    assert set(offers(place, *words, "")) == set(map(str, values))
    for value in values:
        assert value in offers(place, *words, str(value)[:2].upper())
        assert value in offers(place, *words, str(value).replace(" ", r"\ "))


def test_every_country_and_region_is_offered_by_its_names(place: Place) -> None:
    """English, Indonesian, native and former names lead to a country; a code only where no name begins so."""
    for typed, name, meaning in (
        ("nether", "Netherlands", ""),
        ("belanda", "Belanda", "Netherlands"),
        ("neder", "Nederland", "Netherlands"),
        ("swazi", "Swaziland", "Eswatini"),
        ("turkiye", "Türkiye", ""),
        ("cote", "Côte d’Ivoire", None),
        ("NLD", "NLD", "Netherlands"),
    ):
        found = {fold(label): told for label, told in offers(place, "list", "--country", typed).items()}
        assert fold(name) in found, typed
        assert meaning is None or found[fold(name)] == meaning
    assert len(offers(place, "list", "--country", "")) > 190
    assert "Asia" in offers(place, "list", "--region", "")
    assert set(offers(place, "list", "--region", "afr")) >= {"Africa"}


def test_a_place_is_offered_once(place: Place) -> None:
    """However many names of a city begin so, it is one offer, under the name by which it goes."""
    assert offers(place, "show", "rotterda") == {"Rotterdam": "Netherlands"}
    assert offers(place, "show", "stalingr") == {"Stalingrad": "Volgograd, Russia"}
    assert offers(place, "show", "batavia")["Batavia"] == "Jakarta, Indonesia"


def test_names_and_meanings_are_in_the_language_spoken(place: Place) -> None:
    """For an Indonesian reader Moscow is Moskwa, and countries have their Indonesian names."""
    assert offers(place, "show", "mosk", TWINCLI_LANG="id")["Moskwa"] == "Rusia"
    assert "Belanda" in offers(place, "list", "--country", "", TWINCLI_LANG="id")
    assert "Netherlands" in offers(place, "list", "--country", "")
    assert offers(place, "explain", "manfaat", TWINCLI_LANG="id")["manfaat"] == "Manfaat kota kembar"


def test_namesakes_are_told_apart_by_what_names_them(place: Place) -> None:
    """Each of several cities of one name is offered in a form that ``show`` takes."""
    for typed in ("cambridge", "columbus", "coventry", "toledo", "miyoshi", "jung-gu"):
        found = offers(place, "show", typed)
        assert len(found) > 1
        shown = [place.run("show", name, "--json", "--quiet").json["city"]["id"] for name in found]
        assert len(set(shown)) == len(found)


def test_a_place_around_a_city_may_be_typed(place: Place) -> None:
    """Behind a comma come the province or the country, whichever begins so."""
    assert set(offers(place, "show", "Toledo,")) == {"Toledo, Spain", "Toledo, United States"}
    assert set(offers(place, "show", "toledo, o")) == {"Toledo, Ohio"}
    assert set(offers(place, "show", "Surabaya, ")) == {"Surabaya, Indonesia"}
    assert set(offers(place, "show", "Washington, ")) == {"Washington, D.C."}


def test_what_is_typed_between_words_is_meant(place: Place) -> None:
    """A blank parts San Francisco from Sanaa; where no name has one there, it is forgiven."""
    assert all(fold(name[:4]) == "san" and name[3] == " " for name in offers(place, "show", r"san\ "))
    assert set(offers(place, "show", r"ma\ anshan")) == {r"ma anshan"}


def test_the_partners_of_the_first_city_come_first(place: Place) -> None:
    """As the second city of ``show`` the partners of the first are offered; another city where none begins so."""
    pairs = place.run("show", "Jakarta", "--json").json["pairs"]
    partners = {city["name"] for pair in pairs for city in pair["cities"]} - {"Jakarta"}
    assert set(offers(place, "show", "Jakarta", "")) == partners
    assert set(offers(place, "show", "Batavia", "ro")) == {"Rotterdam"}
    assert set(offers(place, "show", "Jakarta", "krak")) == {"Kraków"}
    assert "Rotterdam" in offers(place, "show", "Nowhereville", "rotterda")


def test_topics_sections_and_origins(place: Place, bundled: dict[str, Any]) -> None:
    """Topics by any of their names with their titles, the sections of the note asked for, the origins of the data."""
    topics = place.run("explain", "--json").json
    assert offers(place, "explain", "") == {topic["id"]: topic["title"]["en"] for topic in topics}
    sections = offers(place, "explain", "manfaat", "--section", "")
    assert "Promoters' figures" in sections
    assert offers(place, "list", "--origin", "") == {"bundled": bundled["title"]}


def test_the_data_asked_for_answers(place: Place, small: dict[str, Any], write: Callable[[Any], Path]) -> None:
    """``--data`` on the line and TWINCLI_DATA decide which cities there are."""
    path = str(write(small))
    place.run("list", "--data", path)
    for found in (
        offers(place, "list", "--data", path, "--city", ""),
        offers(place, "list", f"--data={path}", "--city", ""),
        offers(place, "list", "--city", "", TWINCLI_DATA=path),
    ):
        assert set(found) == {city["name"] for city in small["cities"]}


def test_a_key_never_starts_long_work(fresh: Place, small: dict[str, Any], write: Callable[[Any], Path]) -> None:
    """A file of the user's is read by a command, never because of the tab key; the bundled data is, once."""
    path = str(write(small))
    assert offers(fresh, "show", "jak", TWINCLI_DATA=path) == {}
    assert not list(fresh.folder.rglob("*.sqlite"))
    fresh.run("list", environ={"TWINCLI_DATA": path})
    assert offers(fresh, "show", "jak", TWINCLI_DATA=path) == {"Jakarta": "Indonesia"}
    assert offers(fresh, "show", "rotterda") == {"Rotterdam": "Netherlands"}
    fresh.run("data", "import", path, "--name", "mine", "--quiet")
    for index in fresh.folder.rglob("*.sqlite"):
        index.unlink()
    assert offers(fresh, "list", "--origin", "") == offers(fresh, "data", "remove", "") == {}
    fresh.run("list", "-n", "1")
    assert set(offers(fresh, "list", "--origin", "")) == {"bundled", "mine"}
    assert set(offers(fresh, "data", "remove", "")) == {"mine"}


def test_where_nothing_can_be_offered_nothing_is(place: Place) -> None:
    """Behind free text, behind a command that is none, behind ``--``: no offers, and no files."""
    for words in (
        ["list", "--since", ""],
        ["list", "--limit", "1"],
        ["search", "w"],
        ["lst", "--country", "", "x"],
        ["list", "--nonsense=", ""],
        ["show", "Jakarta", "Rotterdam", "x"],
        ["help", "list", ""],
        ["list", "--", "--"],
    ):
        assert set(offers(place, *words)) <= set(offers(place, "list", "--")), words


def test_files_where_a_file_belongs(place: Place) -> None:
    """The shells are told to offer files of their own."""
    for words in (["list", "-o", ""], ["list", "--data=x"], ["data", "check", ""], ["data", "import", "x"]):
        result = place.run("twincli", *words, environ={"_TWINCLI_COMPLETE": "zsh"})
        assert result.stdout == "files\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "complete_bash", "\x1b[2J", "1"])
@pytest.mark.parametrize(
    "arguments",
    [
        [],
        [""],
        ["twincli"],
        ["twincli show 'x", "x"],
        ["a", "b", "c", "d"],
        ["\udcff", "\udcff", "9"],
        ["'\"\\", "\\", "9"],
    ],
)
def test_no_request_ends_in_an_error(place: Place, shell: str, arguments: list[str]) -> None:
    """Whatever a script asks, the status is 0 and stderr is empty."""
    result = place.run(*arguments, environ={"_TWINCLI_COMPLETE": shell})
    assert (result.status, result.stderr) == (0, "")


def test_broken_data_is_no_error(place: Place, write: Callable[[Any], Path]) -> None:
    """No file, a broken file, no home: nothing is offered and nothing said."""
    for data in ("/nowhere.json", "/", str(write("{"))):
        assert offers(place, "show", "jak", TWINCLI_DATA=data) == {}
    assert "Jakarta" in offers(place, "show", "jakart", HOME="", XDG_CACHE_HOME="")


def test_letters_that_a_terminal_lacks(place: Place) -> None:
    """A terminal of another encoding gets names in letters that it has, and they still name the city."""
    variables = {"_TWINCLI_COMPLETE": "fish"}
    result = place.run("twincli", "show", "krak", environ=variables, encoding="latin-1")
    assert result.lines[1].split("\t")[0] in {"Kraków", "krakow"}
    for name in (
        line.split("\t")[0]
        for line in place.run("twincli", "show", "lod", environ=variables, encoding="ascii").lines[1:]
    ):
        assert name.isascii()
        assert place.run("show", name).status == 0


def test_nothing_is_loaded_that_only_others_need(place: Place) -> None:
    """A completion opens the index and loads neither what draws nor what builds, checks or guesses."""
    place.run("list", "-n", "1")
    code = (
        "import io, os, sys; from twincli.run import run\n"
        "run(sys.argv[1:], sys.stdin, io.StringIO(), sys.stderr, os.environ)\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}))\n"
        "print(*sorted(name for name in sys.modules if name.startswith('twincli.commands.')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "twincli", "show", "jak"],
        env={**place.environ, "_TWINCLI_COMPLETE": "zsh"},
        capture_output=True,
        text=True,
        check=True,
    )
    packages, ours = (set(line.split()) for line in done.stdout.splitlines())
    assert not packages & {"rich", "pydantic", "babel", "networkx", "rapidfuzz", "platformdirs"}
    assert "twincli.commands.show" in ours
    assert "twincli.commands.list_pairs" not in ours
