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


def _assert_no_scan(steps: list[str]) -> None:
    assert not [step for step in steps if step.startswith("SCAN")]


@pytest.mark.parametrize(
    ("name", "ways"),
    [
        ("NAMES", ["name USING INDEX name_key (key=?)"]),
        ("CITY", ["city USING INDEX city_id (id=?)", "country USING PRIMARY KEY (code=?)"]),
        ("COUNTRY", ["country USING PRIMARY KEY (code=?)"]),
        ("REGION", ["region USING PRIMARY KEY (code=?)"]),
        ("ADMIN_CITIES", ["name USING INDEX name_key (key=? AND type=?)"]),
        ("LABELS_BEGINNING", ["name USING INDEX name_key (key>? AND key<?)"]),
        (
            "PAIR_OF_CITIES",
            ["city USING COVERING INDEX city_id (id=?)", "e USING INDEX edge_city (city=? AND other=?)"],
        ),
        ("COMMON_PARTNERS", ["e1 USING INDEX edge_city (city=?)", "e2 USING INDEX edge_city (city=? AND other=?)"]),
        ("PAIR_HEADS", ["p USING COVERING INDEX pair_id (id=?)", "e USING INDEX edge_pair (pair=?)"]),
        ("NOTE", ["note USING PRIMARY KEY (id=?)"]),
    ],
)
def test_a_lookup_goes_by_its_index(index: Index, name: str, ways: list[str]) -> None:
    """What looks up one thing reads no table from end to end."""
    steps = _plan(index, getattr(statements, name))
    _assert_no_scan(steps)
    for way in ways:
        assert f"SEARCH {way}" in steps


def test_every_comment_names_an_index_that_there_is(index: Index) -> None:
    """No comment in the statements names an index that is gone."""
    there = {row[0] for row in index.connection.execute("SELECT name FROM sqlite_schema WHERE type = 'index'")}
    tables = {row[0] for row in index.connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    comments = " ".join(re.findall(r"# (.*)", Path(statements.__file__).read_text("utf-8")))
    named = {word for word in re.findall(r"\b[a-z]+_[a-z]+\b", comments) if word.partition("_")[0] in tables}
    assert named
    assert named <= there


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
        _assert_no_scan([step for step in steps if step != "SCAN e"])
        assert steps.count("SCAN e") <= 1  # the result itself, on its way to the documents


def test_documents_are_fetched_by_number(index: Index) -> None:
    """A listing's documents are looked up one by one, for the pairs in the answer only."""
    conditions, __ = select(index, Filters(country=["Indonesia"])).where
    steps = _plan(index, statements.LIST_DOCS.format(conditions=conditions, order=sql_order(Arrangement())))
    for table in ("p", "a", "b"):
        assert f"SEARCH {table} USING INTEGER PRIMARY KEY (rowid=?)" in steps
