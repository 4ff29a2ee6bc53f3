"""The SPARQL that is sent: valid, portable, and divided so that nothing is lost."""

from __future__ import annotations

from urllib.parse import quote_plus

import pyoxigraph
import pytest

from twincli.layers.wikidata.client import seconds_to_wait
from twincli.layers.wikidata.sparql import FINEST, Part, countries_query, twinnings_query

SIZES = [2**power for power in range(9)]


@pytest.mark.parametrize("of", SIZES)
def test_the_parts_of_a_country_are_the_whole_of_it(of: int) -> None:
    """Whatever a statement's id ends with, it is in one part, and in one only; hexadecimal ones are spread evenly."""
    store = pyoxigraph.Store()
    endings = [f"{number:02{'xX'[number % 2]}}" for number in range(FINEST)] + ["-zz", "g0", "-Ü", "0", ""]
    for ending in endings:
        about = pyoxigraph.NamedNode(f"http://www.wikidata.org/entity/statement/Q1-{ending}")
        store.add(pyoxigraph.Quad(about, pyoxigraph.NamedNode("http://x/p"), pyoxigraph.Literal(ending)))
    found: list[str] = []
    for number in range(of):
        query = f"SELECT ?end WHERE {{ ?statement <http://x/p> ?end {Part(number, of).clause()} }}"
        result = store.query(query)
        assert isinstance(result, pyoxigraph.QuerySolutions)
        part = [row["end"].value for row in result]
        assert number == 0 or len(part) <= FINEST // of + 2
        found += part
    assert sorted(found) == sorted(endings)


@pytest.mark.parametrize("of", SIZES[:-1])
def test_two_halves_are_the_part(of: int) -> None:
    """A part that was too slow is asked for in two that together are it."""
    store = pyoxigraph.Store()
    for number in range(FINEST):
        about = pyoxigraph.NamedNode(f"http://www.wikidata.org/entity/statement/Q1-{number:02x}")
        store.add(pyoxigraph.Quad(about, pyoxigraph.NamedNode("http://x/p"), pyoxigraph.Literal(number)))

    def of_part(part: Part) -> set[str]:
        result = store.query(f"SELECT ?end WHERE {{ ?statement <http://x/p> ?end {part.clause()} }}")
        assert isinstance(result, pyoxigraph.QuerySolutions)
        return {row["end"].value for row in result}

    for number in range(of):
        whole, (one, other) = Part(number, of), Part(number, of).halves()
        assert of_part(one) | of_part(other) == of_part(whole)
        assert not of_part(one) & of_part(other)


@pytest.mark.parametrize(
    "query", [countries_query(), twinnings_query("Q183", Part(17, 64)), twinnings_query(None, Part())]
)
def test_the_queries_are_plain_sparql(query: str) -> None:
    """Any engine takes them: no service of Wikidata's own, no hints, no comments; short enough for an address."""
    pyoxigraph.Store().query(query)
    assert "SERVICE" not in query
    assert "hint:" not in query
    assert "# " not in query
    # Servers commonly take addresses of 8 kB.
    assert len(quote_plus(query)) < 6000


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("", None),
        ("7", 7),
        (" 120 ", 120),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0),
        ("soon", None),
        ("-1", None),
        ("1.5", None),
        ("٣", None),
        ("9" * 400, 366 * 24 * 3600),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 366 * 24 * 3600),
    ],
)
def test_retry_after_is_read_in_both_forms(header: str, seconds: float | None) -> None:
    """Seconds or a date; a date that is past asks for no wait, nonsense for none in particular, and none for ever."""
    assert seconds_to_wait(header) == seconds
