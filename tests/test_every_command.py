"""What holds for every command, from ``list`` to ``data remove``: forms, colours, files, silence, options, promises."""

from __future__ import annotations

import json
import re
import shlex
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.command_tree import COMMANDS
from tests.conftest import Place, Result
from tests.layers.conftest import Small
from tests.layers.endpoint import Endpoint
from tests.layers.importing import ONE_PAIR

ANSWERS = (
    "list -c Indonesia",
    "show Jakarta",
    "show Jakarta Rotterdam",
    "explain",
    "explain benefits",
    "search water",
    "stats",
    "stats --by decade",
    "path Bandung Reykjavík",
    "map --city Jakarta",
    "anniversaries --year 2027",
    "data info",
    "data check mine.json",
    "data schema list",
    "data diff new.csv",
)
CHANGES = ("data import new.csv", "data remove old", "data update --restart --pause 0.01 --endpoint ENDPOINT")
EVERY = (*ANSWERS, *CHANGES)
COLOUR = re.compile(r"\x1b\[([0-9;]*)m")
ESCAPE = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b\x07]*(?:\x1b\\|\x07)")


@pytest.fixture(scope="module")
def endpoint() -> Iterator[Endpoint]:
    """A world with one twinning to fetch."""
    small = Small()
    small.world.twin(small.quellstadt, small.ujungkota)
    with Endpoint(small.world.store()) as served:
        yield served


class Bench:
    """A place with the files that the commands are about, and with a layer where one is to be removed."""

    def __init__(self, place: Place, endpoint: Endpoint, small: dict[str, Any]) -> None:
        self.place, self.endpoint = place, endpoint
        self.files = {name: str(place.folder / name) for name in ("new.csv", "mine.json")}
        Path(self.files["new.csv"]).write_text(ONE_PAIR, "utf-8")
        small["pairs"][0]["status"] = "lively"
        Path(self.files["mine.json"]).write_text(json.dumps(small), "utf-8")
        self.layers = place.home / ".local" / "share" / "twincli" / "layers"

    def words(self, line: str) -> list[str]:
        """Return a command line with the paths of this place."""
        return [self.files.get(word, word).replace("ENDPOINT", self.endpoint.url) for word in shlex.split(line)]

    def run(self, line: str, *more: str, **options: Any) -> Result:
        """Run a command where no earlier one has changed anything."""
        for path in self.layers.glob("*"):
            path.unlink()
        if line.startswith("data remove"):
            self.place.run("data", "import", self.files["new.csv"], "--name", "old")
        return self.place.run(*self.words(line), *more, **options)


@pytest.fixture
def bench(place: Place, endpoint: Endpoint, small: dict[str, Any]) -> Bench:
    """The place for a command."""
    return Bench(place, endpoint, small)


def _status(line: str) -> int:
    # The file that is checked has an error in it.
    return int(line.startswith("data check"))


@pytest.mark.parametrize("line", EVERY)
def test_json_in_a_pipe_and_with_the_option_text_on_a_terminal(bench: Bench, line: str) -> None:
    """Every command writes JSON in a pipe, the same with ``--json`` on a terminal, and text for people there."""
    piped = bench.run(line)
    assert piped.status == _status(line)
    assert isinstance(piped.json, list | dict)
    assert type(bench.run(line, "--json", tty=True).json) is type(piped.json)
    shown = bench.run(line, tty=True, environ={"COLUMNS": "80"})
    assert shown.status == _status(line)
    with pytest.raises(json.JSONDecodeError):
        json.loads(shown.stdout)


@pytest.mark.parametrize("line", EVERY)
def test_colours_are_the_terminal_s_own_and_can_be_turned_off(bench: Bench, line: str) -> None:
    """No colour but the sixteen, nothing dimmed; none with NO_COLOR, on a dumb terminal, or in a pipe."""
    coloured = bench.run(line, tty=True).stdout
    codes = {code for match in COLOUR.findall(coloured) for code in match.split(";")}
    assert codes <= {"", "0", "1", "3", "4", "7", *map(str, range(30, 38)), *map(str, range(90, 98))}
    # Bright black is grey on some terminals and black on others.
    assert "90" not in codes
    for environ in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        plain = bench.run(line, tty=True, environ=environ)
        assert plain.stdout
        assert "\x1b" not in plain.stdout + plain.stderr
    assert "\x1b" not in bench.run(line, "--format", "table").stdout


@pytest.mark.parametrize("line", [line for line in EVERY if not line.startswith(("search", "map"))])
def test_without_colours_the_same_words_stand_there(bench: Bench, line: str) -> None:
    """Colours say nothing alone; where they would (what was found, lines on a map), signs take their place."""
    coloured = ESCAPE.sub("", bench.run(line, tty=True).stdout)
    plain = bench.run(line, tty=True, environ={"NO_COLOR": "1"}).stdout
    assert [text.rstrip() for text in coloured.splitlines()] == [text.rstrip() for text in plain.splitlines()]


@pytest.mark.parametrize("line", EVERY)
def test_a_wrong_form_or_a_file_in_the_way_stops_before_the_work(bench: Bench, line: str) -> None:
    """A mistyped format, or an existing file without ``--force``, ends at once: nothing is changed, nobody asked."""
    there = bench.place.folder / "there.json"
    there.write_text("mine", "utf-8")
    asked = len(bench.endpoint.requests)
    for options in (["--format", "jsn"], ["-o", str(there)]):
        result = bench.run(line, *options)
        assert (result.status, result.stdout) == (2, "")
        assert result.stderr.startswith("Error: ")
        assert result.stderr.count("\n") == 1
        assert "json" in result.stderr
        assert {path.name for path in bench.layers.glob("*")} <= {"old.json"}
    assert there.read_text("utf-8") == "mine"
    assert len(bench.endpoint.requests) == asked
    assert bench.run(line, "-o", str(there), "--force").status == _status(line)
    assert isinstance(json.loads(there.read_text("utf-8")), list | dict)


@pytest.mark.parametrize("line", EVERY)
def test_quiet_is_quiet(bench: Bench, line: str) -> None:
    """With ``--quiet`` a command that succeeds says nothing on stderr, whatever is to be remarked."""
    for options in ({"tty": True, "stderr_tty": True}, {}):
        assert bench.run(line, "-q", **options).stderr == ""


@pytest.mark.parametrize("line", EVERY)
def test_poor_terminals_are_served(bench: Bench, line: str) -> None:
    """ASCII alone, 40 columns or 300: an answer, and nothing unexpected on stderr."""
    for options in (
        {"encoding": "ascii", "environ": {"LANG": "C", "COLUMNS": "80"}},
        {"environ": {"COLUMNS": "40"}},
        {"environ": {"COLUMNS": "300"}},
    ):
        shown = bench.run(line, "--format", "table", tty=True, **options)
        assert shown.status == _status(line)
        assert shown.stdout.strip()
        assert "Error" not in shown.stderr


def test_a_list_and_a_card_end_with_the_next_command(bench: Bench) -> None:
    """On a terminal, and there alone, the last line says how to read on, and what it says works."""
    for line in ("list -c Indonesia", "show Jakarta", "anniversaries --year 2027", "path Bandung Reykjavík"):
        remarks = bench.run(line, tty=True, environ={"COLUMNS": "300"}).stderr
        (command,) = re.findall(r": twincli (show .+)$", remarks, re.MULTILINE)
        assert bench.place.run(*shlex.split(command)).json["pair"]
        assert "show" not in bench.run(line).stderr


def test_what_is_suggested_names_the_file_asked_for(place: Place, small: dict[str, Any]) -> None:
    """With ``--data`` the suggested command has it too."""
    path = place.folder / "my pairs.json"
    path.write_text(json.dumps(small), "utf-8")
    remarks = place.table("list", "--data", str(path)).stderr
    (command,) = re.findall(r": twincli (show .+)$", remarks, re.MULTILINE)
    assert place.run(*shlex.split(command)).json["pair"]


# --- crossing the machine's border -----------------------------------------------------------------------------------

_crossed: list[str] | None = None


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if _crossed is not None and event in {"socket.connect", "socket.getaddrinfo", "socket.bind", "socket.sendto"}:
        _crossed.append(f"{event}{arguments}")


sys.addaudithook(_watch)


@pytest.mark.parametrize("line", ["", "help list", "--version", *ANSWERS, *CHANGES])
def test_only_an_update_uses_the_network(bench: Bench, line: str) -> None:
    """No command opens a connection or asks for a name, whatever it does, but ``data update``."""
    global _crossed
    _crossed = []
    try:
        assert bench.run(line).status == _status(line)
        assert bool(_crossed) is line.startswith("data update")
    finally:
        _crossed = None


# --- options mean the same everywhere, and stay -----------------------------------------------------------------------


def _options(command: Any) -> dict[str, Any]:
    options = [parameter for parameter in command.params if parameter.param_type_name == "option"]
    return {max(option.opts, key=len): option for option in options}


def test_an_option_is_the_same_in_every_command() -> None:
    """The same long name has the same short one and takes the same values everywhere; short ones are few."""
    forms = defaultdict(set)
    for command in COMMANDS.values():
        for name, option in _options(command).items():
            forms[name].add((*sorted(option.opts), option.metavar, option.type.name, option.is_flag))
    assert {name: found for name, found in forms.items() if len(found) > 1} == {}
    short = {opt for found in forms.values() for form in found for opt in form if re.fullmatch(r"-\w", str(opt))}
    assert short == {"-c", "-n", "-o", "-q"}


def test_the_filters_of_list_are_those_of_others() -> None:
    """``stats``, ``map`` and ``anniversaries`` take every filter of ``list``."""
    filters = {
        name for name, option in _options(COMMANDS[("list",)]).items() if option.rich_help_panel == "Which pairs"
    }
    for name in ("stats", "map", "anniversaries"):
        assert filters <= set(_options(COMMANDS[(name,)]))


def _promises(place: Place) -> Iterator[str]:
    """Yield what scripts may rely on: each option of each command, and each key of each document with its type."""
    for words, command in COMMANDS.items():
        for name in _options(command):
            yield f"option: {' '.join(['twincli', *words, name])}"
    for row in place.run("data", "schema", "--format", "jsonl").lines:
        key = json.loads(row)
        yield f"key: {key['document']}: {key['key']}: {key['type']}"


def test_what_was_promised_is_still_there(place: Place) -> None:
    """No option and no key of the JSON goes or changes its type; tests/promises.txt has all of them, and only grows."""
    path = Path(__file__).with_name("promises.txt")
    written, current = path.read_text("utf-8").splitlines(), set(_promises(place))
    assert [promise for promise in written if promise not in current] == []
    added = sorted(current - set(written))
    assert not added, f"append to {path.name}:\n" + "\n".join(added)
