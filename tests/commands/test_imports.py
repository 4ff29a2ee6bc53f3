"""What an everyday command may load: the whole of its speed, held as structure rather than as time."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.conftest import Place

# Runs the program and tells, on stderr, which modules were loaded in the end.
_RUN = """
import io, os, sys
from twincli.run import run
said = io.StringIO()
status = run(sys.argv[1:], sys.stdin, sys.stdout, said, os.environ)
print(*sys.modules, sep="\\n", file=sys.stderr)
sys.exit(status)
"""

# Needed only where an index is built, a name was mistyped, or something is computed or drawn that others do not ask.
NEVER = {"pydantic", "pydantic_core", "babel", "networkx", "rapidfuzz", "platformdirs", "jsonschema", "pandas", "numpy"}
NEVER_OF_OURS = {"twincli.dataset", "twincli.layers", "twincli.index.build"}


def _loaded(place: Place, *arguments: str, status: int = 0) -> set[str]:
    """Return the names of all modules that a run of the program loads."""
    done = subprocess.run(
        [sys.executable, "-c", _RUN, *arguments],
        env=place.environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == status
    return set(done.stderr.split())


def _packages(modules: set[str]) -> set[str]:
    return {module.partition(".")[0] for module in modules}


@pytest.fixture
def warm(place: Place) -> Place:
    """The place, its index surely built."""
    place.run("list", "-n", "1")
    return place


@pytest.mark.parametrize(
    "arguments",
    [
        ["list", "--country", "Indonesia", "--json"],
        ["list", "--country", "Indonesia", "--format", "csv"],
        ["list", "--country", "Indonesia", "--format", "jsonl"],
        ["list", "--country", "Indonesia", "--format", "markdown"],
        ["show", "Jakarta", "--json"],
        ["show", "Jakarta", "Rotterdam", "--json"],
        ["show", "Stalingrad", "--json"],
        ["explain", "--json"],
        ["explain", "benefits", "--json"],
        ["search", "water", "--json"],
        ["search", "Batavia", "--format", "csv"],
        ["stats", "--json"],
        ["stats", "--by", "country", "--json"],
        ["stats", "--by", "component", "--json"],
        ["stats", "--by", "decade", "--format", "csv"],
        ["data", "info", "--json"],
        ["--version"],
        ["help", "list"],
        [],
    ],
    ids=" ".join,
)
def test_what_programs_read_is_never_drawn(warm: Place, arguments: list[str]) -> None:
    """Where nothing is drawn Rich is not loaded, and nothing that only building, checking or guessing needs."""
    modules = _loaded(warm, *arguments)
    assert "twincli.run" in modules
    assert not _packages(modules) & (NEVER | {"rich", "markdown_it", "pygments"})
    assert not modules & NEVER_OF_OURS


@pytest.mark.parametrize(
    "arguments",
    [
        ["list", "--country", "Indonesia"],
        ["show", "Jakarta"],
        ["show", "Jakarta", "Rotterdam"],
        ["data", "info"],
        ["search", "water"],
        ["stats"],
        ["stats", "--by", "component"],
    ],
    ids=" ".join,
)
def test_tables_and_cards_are_drawn_without_markdown(warm: Place, arguments: list[str]) -> None:
    """A table needs Rich, but neither its Markdown nor its highlighting of source code."""
    modules = _loaded(warm, *arguments, "--format", "table")
    assert "rich.console" in modules
    assert "rich.markdown" not in modules
    assert not _packages(modules) & (NEVER | {"markdown_it", "pygments"})
    assert not modules & NEVER_OF_OURS


def test_a_note_is_drawn_with_markdown_and_no_more(warm: Place) -> None:
    """A note needs Rich's Markdown, and still none of the others."""
    modules = _loaded(warm, "explain", "benefits", "--format", "table")
    assert "rich.markdown" in modules
    assert not _packages(modules) & NEVER
    assert not modules & NEVER_OF_OURS


def test_only_the_command_asked_for_is_loaded(warm: Place) -> None:
    """The modules of the other commands stay unread, also for the list of commands."""
    commands = {"list": "list_pairs", "show": "show", "explain": "explain", "data info": "data", "--help": ""}
    modules_of_commands = {f"twincli.commands.{name}" for name in commands.values() if name}
    for line, own in commands.items():
        arguments = line.split() + {"list": ["-n", "1"], "show": ["Jakarta"]}.get(line, [])
        assert _loaded(warm, *arguments) & modules_of_commands == ({f"twincli.commands.{own}"} if own else set())


def test_only_the_format_asked_for_is_loaded(warm: Place) -> None:
    """One format's module is loaded, whatever other formats there are."""
    for name in ("json", "jsonl", "csv", "markdown"):
        modules = _loaded(warm, "list", "-n", "1", "--format", name)
        assert {module for module in modules if module.endswith("_format")} == {f"twincli.render.{name}_format"}


def test_what_building_needs_is_loaded_where_an_index_is_built(fresh: Place) -> None:
    """The first run validates the data, so that the promise above is about something: later runs need not."""
    assert "pydantic" in _packages(_loaded(fresh, "list", "-n", "1"))
    assert "pydantic" not in _packages(_loaded(fresh, "list", "-n", "1"))


def test_guessing_is_loaded_where_a_name_is_unknown(warm: Place) -> None:
    """RapidFuzz comes in only when there is something to guess."""
    assert "rapidfuzz" in _packages(_loaded(warm, "show", "Rotterdm", status=1))
    assert "rapidfuzz" in _packages(_loaded(warm, "search", "roterdam"))
