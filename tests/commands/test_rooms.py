"""The way of the data is one direction through the rooms: dataset, index, query, render, with the commands on top.

The layers, which turn what others publish into data files, stand beside the index: they take from the dataset alone.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "src" / "twincli"
ROOMS = ("dataset", "layers", "index", "query", "render", "commands")

# From which rooms a room may take. Some edges only inside functions, so that the everyday commands do not load what
# only building and checking need.
MAY_TAKE = {
    "dataset": set(),
    "layers": {"dataset"},
    "index": {"dataset"},
    "query": {"index"},
    "render": {"query"},
    "commands": {"query", "render", "index", "layers", "dataset"},
}
ONLY_WHEN_CALLED = {("index", "dataset"), ("commands", "dataset"), ("commands", "layers")}
# These modules of the room ``index`` are themselves only loaded where an index is built.
BUILDERS = {path.stem for path in (PACKAGE / "index").glob("*.py")} - {"__init__", "schema", "store"}


@dataclass(frozen=True)
class Edge:
    """One import of a module of ours."""

    module: str
    target: str
    line: int
    is_for_types: bool
    """Whether it stands under ``if TYPE_CHECKING``, so that it never happens."""
    is_deferred: bool
    """Whether it happens only when a function is called."""

    @property
    def rooms(self) -> tuple[str, str]:
        """The rooms at both ends; empty for what stands outside them."""
        return _room(self.module), _room(self.target)


def _room(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[1] in ROOMS else ""


def _edges(path: Path) -> Iterator[Edge]:
    module = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")

    def walk(node: ast.AST, is_for_types: bool, is_deferred: bool) -> Iterator[Edge]:
        for child in ast.iter_child_nodes(node):
            for target in _targets(child):
                yield Edge(module, target, getattr(child, "lineno", 0), is_for_types, is_deferred)
            if isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
                yield from walk(child, True, is_deferred)
            else:
                is_function = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
                yield from walk(child, is_for_types, is_deferred or is_function)

    yield from walk(ast.parse(path.read_text("utf-8")), False, False)


def _targets(node: ast.AST) -> list[str]:
    """Return the modules of ours that a statement imports."""
    names: list[str] = []
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom):
        assert node.level == 0, "imports are absolute, so that this test can read them"
        names = [f"{node.module}.{alias.name}" for alias in node.names]
    return [name for name in names if name.split(".")[0] == "twincli"]


EDGES = [edge for path in sorted(PACKAGE.rglob("*.py")) for edge in _edges(path)]


def _shown(edges: list[Edge]) -> list[str]:
    return [f"{edge.module}:{edge.line} takes {edge.target}" for edge in edges]


def _between_rooms() -> list[Edge]:
    return [edge for edge in EDGES if all(edge.rooms) and edge.rooms[0] != edge.rooms[1]]


def test_the_rooms_are_where_they_are_said_to_be() -> None:
    """The imports that the design names are found, so that what follows is about something."""
    assert all((PACKAGE / room / "__init__.py").is_file() for room in ROOMS)
    found = {edge.rooms for edge in _between_rooms() if not edge.is_for_types}
    assert {("index", "dataset"), ("query", "index"), ("commands", "query"), ("commands", "render")} <= found


def test_nothing_flows_back() -> None:
    """A room takes only from those that stand for it above; the commands from all."""
    wrong = [
        edge for edge in _between_rooms() if not edge.is_for_types and edge.rooms[1] not in MAY_TAKE[edge.rooms[0]]
    ]
    assert _shown(wrong) == []


def test_even_in_types_nothing_flows_back_further_than_it_comes_from() -> None:
    """What is imported for its type alone may come from any earlier room, never from a later one."""
    wrong = [edge for edge in _between_rooms() if ROOMS.index(edge.rooms[0]) < ROOMS.index(edge.rooms[1])]
    assert _shown(wrong) == []


def test_building_and_checking_are_loaded_only_when_called() -> None:
    """Opening an index does not load what builds one, and no command loads what reads the data files."""
    wrong = [
        edge
        for edge in _between_rooms()
        if edge.rooms in ONLY_WHEN_CALLED
        and not (edge.is_deferred or edge.is_for_types)
        and edge.module.split(".")[-1] not in BUILDERS
    ]
    assert _shown(wrong) == []
    builders = {f"twincli.index.{name}" for name in BUILDERS}
    eager = [
        edge
        for edge in EDGES
        if not (edge.is_deferred or edge.is_for_types or edge.module in builders)
        and any(edge.target.startswith(builder) for builder in builders)
    ]
    assert _shown(eager) == []


def test_commands_open_the_index_and_ask_nothing_of_it() -> None:
    """A command may open an index and hand it on; questions are asked in ``query``."""
    taken = {edge.target for edge in _between_rooms() if edge.rooms == ("commands", "index")}
    assert taken <= {"twincli.index.store.Index", "twincli.index.store.open_index"}
    for path in (PACKAGE / "commands").glob("*.py"):
        assert ".execute(" not in path.read_text("utf-8"), path.name


def test_commands_know_nothing_of_each_other() -> None:
    """A command's module is its own; what commands share has a module that is no command."""
    commands = {
        path.stem for path in (PACKAGE / "commands").glob("*.py") if "app = typer.Typer(" in path.read_text("utf-8")
    }
    assert {"list_pairs", "show", "explain", "data"} <= commands
    wrong = [
        edge
        for edge in EDGES
        if edge.rooms == ("commands", "commands")
        and edge.target.split(".")[2] in commands - {edge.module.split(".")[-1]}
    ]
    assert _shown(wrong) == []


@pytest.mark.parametrize(("library", "rooms"), [("rich", {"render"}), ("pydantic", {"dataset", "layers"})])
def test_a_library_has_its_room(library: str, rooms: set[str]) -> None:
    """Rich is for drawing, Pydantic for what data files hold; no other room knows of them."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if any(name.split(".")[0] == library for name in names):
                assert path.relative_to(PACKAGE).parts[0] in rooms, path
