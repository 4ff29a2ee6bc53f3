"""What users of such tools complain about: the answers that no other test gives."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.conftest import ROOT, Place
from twincli import __version__
from twincli.cli import COMMANDS


def test_the_very_first_command_answers(fresh: Place) -> None:
    """Nothing is to be set up or fetched first, and nothing is said about it."""
    result = fresh.process("show", "Jakarta", "Rotterdam")
    assert (result.returncode, result.stderr) == (0, b"")
    assert json.loads(result.stdout)["pair"]["id"] == "jakarta-rotterdam"


@pytest.mark.parametrize(
    ("typed", "code"),
    [("Brasil", "BR"), ("Laos", "LA"), ("Türkiye", "TR"), ("Eswatini", "SZ"), ("Niger", "NE"), ("Nigeria", "NG")],
)
def test_names_new_and_everyday_mean_one_country(place: Place, typed: str, code: str) -> None:
    """A name is that of one country, never of another that begins like it."""
    pairs = place.run("list", "--country", typed).json
    assert {pair["cities"][0]["country"] for pair in pairs} <= {code}
    assert typed in {"Niger"} or pairs


@pytest.mark.parametrize(("typed", "shown"), [("Turkey", "Türkiye"), ("Swaziland", "Eswatini"), ("Burma", "Myanmar")])
def test_a_country_of_an_old_name_is_shown_under_the_one_of_today(place: Place, typed: str, shown: str) -> None:
    """The old name finds it, the answer has the current one, and a remark joins the two."""
    assert place.run("list", "--country", typed).stderr == f"Note: {typed} = {shown}\n"
    names = {pair["cities"][0]["country_name"]["en"] for pair in place.run("list", "--country", typed).json}
    assert names == {shown}


def test_countries_bear_their_everyday_names(place: Place) -> None:
    """No "Taiwan, Province of China", no "Korea, Republic of": the common name for people, the code for programs."""
    for code, name in {"TW": "Taiwan", "KR": "South Korea", "GB": "United Kingdom", "RU": "Russia"}.items():
        ends = [end for pair in place.run("list", "-c", code).json for end in pair["cities"] if end["country"] == code]
        assert {end["country_name"]["en"] for end in ends} == {name}
    shown = {end["country_name"]["en"] for pair in place.run("list").json for end in pair["cities"]}
    assert [name for name in shown if re.search("Province of|Republic of$|Republic of (?!the Congo)", name)] == []


def test_there_is_no_limit_that_was_not_asked_for(place: Place, bundled: dict[str, Any]) -> None:
    """In a pipe every command gives all that there is."""
    assert len(place.run("list").json) == len(bundled["pairs"])
    for line, option in (("search water", "--limit"), ("stats --by city", "--top")):
        words = line.split()
        assert place.run(*words).json == place.run(*words, option, "0").json


@pytest.mark.parametrize("variable", ["TWINCLI_PAGER", "PAGER"])
def test_less_ends_by_itself_and_keeps_colours(place: Place, variable: str) -> None:
    """A pager gets ``LESS=FRX`` unless the user has set ``LESS``."""
    command = ("list", "-c", "Indonesia")
    pager: dict[str, Any] = {variable: "sh -c 'echo LESS=$LESS'"}
    assert "LESS=FRX" in place.terminal(*command, **pager).stdout
    assert "LESS=S\n" in place.terminal(*command, **pager, LESS="S").stdout


def test_a_long_text_is_paged_and_neither_help_nor_an_error_is(place: Place) -> None:
    """What is taller than the screen is paged, notes too; a sentence never is."""
    mark = "sed s/^/>/"
    assert place.terminal("explain", "benefits", PAGER=mark).stdout.startswith(">")
    for line in ("show Nowhereville", "explain benfits", "data info", "--version"):
        assert ">" not in place.terminal(*line.split(), PAGER=mark).stdout.partition("\n")[0]


def test_what_differs_in_a_pipe_is_on_the_first_page(place: Place) -> None:
    """README says that a pipe gets JSON and ``--format`` decides, docs/interface.md how colours survive ``less -R``."""
    assert re.search(r"In a pipe .*JSON.*`--format`", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    interface = (ROOT / "docs" / "interface.md").read_text("utf-8")
    (line,) = re.findall(r"FORCE_COLOR=1 twincli (list .*) \| less -R", interface)
    assert "\x1b[3" in place.run(*line.split(), environ={"FORCE_COLOR": "1"}).stdout


def test_data_that_cannot_be_read_leaves_what_was_there(place: Place) -> None:
    """An import that fails takes nothing away: the layer of before answers as before."""
    layers = place.home / ".local" / "share" / "twincli" / "layers"
    layers.mkdir(parents=True)
    path = place.folder / "mine.csv"
    path.write_text("city1,country1,lat1,lon1,city2,country2,lat2,lon2\nAda,ID,1,99,Oda,NL,52,5\n", "utf-8")
    place.run("data", "import", str(path))
    before = (layers / "mine.json").read_bytes()
    path.write_bytes(b"PK\x03\x04 no table at all")
    assert place.run("data", "import", str(path)).status == 1
    assert (layers / "mine.json").read_bytes() == before


def test_unwanted_abbreviations_are_not_taken(place: Place) -> None:
    """``twincli li`` is no ``list``, ``--coun`` no ``--country``, and ``twincli Jakarta`` searches nothing."""
    for line in ("li", "exp benefits", "list --coun Indonesia", "Jakarta", "data imp x"):
        result = place.run(*line.split())
        assert (result.status, result.stdout) == (2, "")


def test_nothing_is_asked_at_the_keyboard() -> None:
    """No command waits for an answer: the source calls no prompt."""
    for path in (ROOT / "src").rglob("*.py"):
        source = path.read_text("utf-8")
        assert not re.search(r"(?<![\w.])input\(|\.(prompt|confirm|getpass|getchar|pause)\(", source), path


def test_an_unexpected_failure_is_one_line(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says which version failed and how to report it; the traceback is shown to whoever asks for it."""
    monkeypatch.setitem(COMMANDS, "list", ("twincli.commands.not_there", ""))
    result = place.run("list", environ={"TWINCLI_DEBUG": ""})
    assert (result.status, result.stdout) == (1, "")
    assert result.stderr.count("\n") == 1
    assert f"twincli {__version__} failed unexpectedly" in result.stderr
    assert "TWINCLI_DEBUG=1" in result.stderr
    with pytest.raises(ModuleNotFoundError):
        place.run("list")


def test_the_tests_that_the_documentation_names_exist() -> None:
    """Each file and folder of tests in docs/interface.md is there."""
    named = set(re.findall(r"\btests?[/_][\w/.]+", (ROOT / "docs" / "interface.md").read_text("utf-8")))
    tests = {path.relative_to(ROOT).as_posix() for path in (ROOT / "tests").rglob("*")}
    names = {path.rpartition("/")[2] for path in tests}
    for name in named:
        assert name.rstrip("/") in tests | names, name
