"""Each statement goes the way that its comment names: by an index, not through the whole table."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Place
from twincli.index.store import Index
from twincli.query import statements
from twincli.query.pairs import Arrangement, Filters, select, sql_order
from twincli.vocabulary import Kind, Sort, Status


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, shared_cache: Path) -> Iterator[Index]:
    """The index of the bundled data, open."""
    path = Path(Place(tmp_path_factory.mktemp("plans"), shared_cache).run("data", "info").json["index"])
    with Index(sqlite3.connect(path), path) as opened:
        yield opened


def _plan(index: Index, sql: str) -> list[str]:
    """Return the steps that SQLite would take."""
    parameters = ["x"] * sql.count("?")
    return [row[3] for row in index.connection.execute(f"EXPLAIN QUERY PLAN {sql}", parameters)]


def _scanned(steps: list[str]) -> set[str]:
    """Return the tables that are read from end to end, but for results on their way and for words searched for."""
    results = {step.split()[1] for step in steps if step.startswith(("MATERIALIZE", "CO-ROUTINE"))}
    scans = {step.split()[1] for step in steps if step.startswith("SCAN") and "VIRTUAL TABLE INDEX 0:M" not in step}
    return scans - results


def _commented() -> Iterator[tuple[str, str]]:
    """Yield the name of each statement with the comment above it, or above the first of its group."""
    comment, was_comment = "", False
    for line in Path(statements.__file__).read_text("utf-8").splitlines():
        if line.startswith("# "):
            comment = f"{comment} {line[2:]}" if was_comment else line[2:]
        elif not line:
            comment = ""
        elif (match := re.match(r"([A-Z_]+) = ", line)) and comment:
            yield match[1], comment
        was_comment = line.startswith("# ")


# Those that are whole statements, and not a part of one or a form to be filled in.
STATEMENTS = [
    (name, comment)
    for name, comment in _commented()
    if getattr(statements, name).lstrip().startswith("SELECT") and "{" not in getattr(statements, name)
]


@pytest.mark.parametrize(("name", "comment"), STATEMENTS, ids=[name for name, __ in STATEMENTS])
def test_a_statement_goes_the_way_that_its_comment_names(index: Index, name: str, comment: str) -> None:
    """Every index that a comment names is used; where it names no scan and no whole table, there is none."""
    steps = _plan(index, getattr(statements, name))
    there = {row[0] for row in index.connection.execute("SELECT name FROM sqlite_schema WHERE type = 'index'")}
    for way in there & set(re.findall(r"\w+", comment)):
        assert any(re.search(rf"\bINDEX {way} \(", step) for step in steps), steps
    if "primary key" in comment and " WHERE " in getattr(statements, name):
        assert any("PRIMARY KEY" in step for step in steps)
    if not re.search(r"\b(scan|whole|one row a)\b", comment):
        assert not _scanned(steps)


def test_the_comments_name_indexes_that_there_are(index: Index) -> None:
    """The everyday lookups are among those held above, and no comment names an index that is gone."""
    assert {"NAMES", "CITY", "PAIR_OF_CITIES", "COMMON_PARTNERS", "PAIR_HEADS", "NOTE"} <= {
        name for name, __ in STATEMENTS
    }
    schema = list(index.connection.execute("SELECT type, name FROM sqlite_schema"))
    tables = {name for kind, name in schema if kind == "table"}
    indexes = {name for kind, name in schema if kind == "index"}
    words = {word for __, comment in _commented() for word in re.findall(r"\b[a-z]+_[a-z]+\b", comment)}
    named = {word for word in words if word.partition("_")[0] in tables}
    assert {"name_key", "city_id", "edge_city", "edge_country", "edge_side", "pair_id"} <= named <= indexes


@pytest.mark.parametrize(
    ("filters", "way"),
    [
        (Filters(), "edge_side (side=?)"),
        (Filters(kind=[Kind.BORDER], status=[Status.ENDED], since="1950.."), "edge_side (side=?)"),
        (Filters(country=["Indonesia"]), "edge_country (country=?)"),
        (Filters(country=["Indonesia"], other_end=["NL"], kind=[Kind.SISTER]), "edge_country (country=?)"),
        (Filters(country=["Indonesia", "NL"], region=["Asia"], since="1950..1960"), "edge_country (country=?)"),
        (Filters(city=["Jakarta"]), "edge_city (city=?)"),
        (Filters(city=["Jakarta"], other_end=["Japan", "Rotterdam"], disputed=False), "edge_city (city=?)"),
        (Filters(city=["Toledo"], region=["Europe"]), "edge_city (city=?)"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
@pytest.mark.parametrize("sort", [Sort.CITY, Sort.SINCE, Sort.DISTANCE])
def test_a_listing_goes_by_the_index_of_its_filter(index: Index, filters: Filters, way: str, sort: Sort) -> None:
    """A listing, and the count of it, reads the edges of the country or the city asked for, and no others."""
    conditions, __ = select(index, filters).where
    order = sql_order(Arrangement(sort))
    for sql in (
        statements.LIST_DOCS.format(conditions=conditions, order=order),
        statements.COUNT_EDGES.format(conditions=conditions),
    ):
        steps = _plan(index, sql)
        assert any(re.fullmatch(rf"SEARCH e USING (COVERING )?INDEX {re.escape(way)}", step) for step in steps), steps
        # The rows found are gone through once more, on the way to their documents.
        assert steps.count("SCAN e") <= 1
        assert _scanned(steps) <= {"e"}


def test_documents_are_fetched_by_number(index: Index) -> None:
    """A listing's documents are looked up one by one, for the pairs in the answer only."""
    conditions, __ = select(index, Filters(country=["Indonesia"])).where
    steps = _plan(index, statements.LIST_DOCS.format(conditions=conditions, order=sql_order(Arrangement())))
    for table in ("p", "a", "b"):
        assert f"SEARCH {table} USING INTEGER PRIMARY KEY (rowid=?)" in steps
