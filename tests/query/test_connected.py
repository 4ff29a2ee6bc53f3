"""Which cities are connected: the disjoint-set forest against NetworkX."""

from __future__ import annotations

import networkx
from hypothesis import given
from hypothesis import strategies as st

from twincli.query.connected import connected

CITY = st.integers(1, 30)


@given(st.lists(st.tuples(CITY, CITY)))
def test_connected_cities_are_those_of_the_graph(ties: list[tuple[int, int]]) -> None:
    """Every city in one component, as NetworkX has them, the largest first and each sorted."""
    graph: networkx.Graph[int] = networkx.Graph(ties)
    wanted = sorted(map(sorted, networkx.connected_components(graph)), key=lambda cities: (-len(cities), cities[0]))
    assert connected(ties) == wanted
