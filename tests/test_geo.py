"""Lines on the globe: great circles, where they are cut for a flat map, and the box around them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import acos, cos, hypot, pi, radians, sin

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from twincli.geo import EARTH_RADIUS_KM, Extent, Point, great_circle, great_circle_km, split_at_antimeridian

HALF_ROUND = pi * EARTH_RADIUS_KM
JAKARTA, ROTTERDAM = (106.8451, -6.2146), (4.4792, 51.9225)
SUVA, APIA = (178.4415, -18.1416), (-171.7513, -13.8333)

# The awkward places as often as all others together.
longitudes: SearchStrategy[float] = st.one_of(
    st.sampled_from([-180.0, -179.9999, -90.0, 0.0, 90.0, 179.9999, 180.0]), st.floats(-180, 180)
)
latitudes: SearchStrategy[float] = st.one_of(
    st.sampled_from([-90.0, -89.9999, 0.0, 60.0, 89.9999, 90.0]), st.floats(-90, 90)
)
points: SearchStrategy[Point] = st.tuples(longitudes, latitudes)


def antipode(point: Point) -> Point:
    """The place right through the middle of the Earth."""
    return point[0] + (180 if point[0] <= 0 else -180), -point[1]


# A pair of places; every third time they are antipodes, or have one behind the pole of the other.
ends: SearchStrategy[tuple[Point, Point]] = st.one_of(
    st.tuples(points, points),
    points.map(lambda point: (point, antipode(point))),
    st.tuples(points, latitudes).map(lambda given: (given[0], (antipode(given[0])[0], given[1]))),
)


def km(one: Point, other: Point) -> float:
    """The distance of two points."""
    return great_circle_km(one[1], one[0], other[1], other[0])


def length_km(line: Sequence[Point]) -> float:
    """The length of a line on the globe."""
    return sum(km(one, other) for one, other in pairwise(line))


def degrees_long(line: Sequence[Point]) -> float:
    """The length of a line on a flat map that goes round: what GeoJSON's straight lines in degrees keep."""
    return sum(hypot((lon2 - lon1 + 180) % 360 - 180, lat2 - lat1) for (lon1, lat1), (lon2, lat2) in pairwise(line))


# --- distances ----------------------------------------------------------------------------------------------------


@given(points, points)
def test_a_distance_is_that_of_the_law_of_cosines(one: Point, other: Point) -> None:
    """The haversine formula agrees with the other textbook formula, and no distance exceeds half the globe."""
    (lon1, lat1), (lon2, lat2) = [(radians(lon), radians(lat)) for lon, lat in (one, other)]
    cosine = sin(lat1) * sin(lat2) + cos(lat1) * cos(lat2) * cos(lon2 - lon1)
    assert km(one, other) == pytest.approx(EARTH_RADIUS_KM * acos(max(-1, min(1, cosine))), abs=0.5)
    assert km(one, other) == pytest.approx(km(other, one))
    assert km(one, other) <= HALF_ROUND + 1e-6


def test_well_known_distances_hold() -> None:
    """A quarter of a meridian, half the globe, and nothing at all."""
    assert km((30, 0), (-77, 90)) == pytest.approx(HALF_ROUND / 2)
    assert km((30, 10), (-150, -10)) == pytest.approx(HALF_ROUND)
    assert km(JAKARTA, JAKARTA) == 0
    assert km((0, 0), (1, 0)) == pytest.approx(111.195, abs=0.001)


# --- great circles ------------------------------------------------------------------------------------------------


@given(ends)
@example((JAKARTA, JAKARTA))
@example(((0.0, 90.0), (0.0, -90.0)))
@example(((0.0, 0.0), (180.0, 0.0)))
@example(((10.0, 20.0), (-170.0, -20.0 + 1e-7)))
@example(((0.0, 90.0), (77.0, 90.0)))
def test_a_great_circle_is_the_shortest_way(pair: tuple[Point, Point]) -> None:
    """It begins and ends at the places, no step is longer than asked, and no way between them is shorter."""
    start, end = pair
    line = great_circle(start, end, step_km=150)
    assert (line[0], line[-1]) == (start, end)
    assert all(km(one, other) <= 150 + 0.01 for one, other in pairwise(line))
    assert length_km(line) == pytest.approx(km(start, end), abs=0.05)
    assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in line)


@given(ends, st.floats(1, 30_000))
def test_steps_are_equally_long(pair: tuple[Point, Point], step_km: float) -> None:
    """All steps of a line are of one length, whatever the greatest was said to be."""
    line = great_circle(*pair, step_km=max(step_km, 100))
    steps = [km(one, other) for one, other in pairwise(line)]
    assert max(steps) - min(steps) < 0.05


def test_the_equator_and_meridians_are_great_circles() -> None:
    """Between places on the equator or on a meridian the line keeps to it."""
    assert all(lat == pytest.approx(0) for __, lat in great_circle((-30, 0), (100, 0)))
    assert all(lon == pytest.approx(25) for lon, __ in great_circle((25, -70), (25, 80)))


def test_between_antipodes_the_way_over_the_north_pole_is_taken() -> None:
    """Of all the great circles between two antipodes it is the one over the North Pole."""
    line = great_circle((20.0, -30.0), (-160.0, 30.0))
    assert max(lat for __, lat in line) > 89
    assert length_km(line) == pytest.approx(HALF_ROUND)


# --- cutting for a flat map ---------------------------------------------------------------------------------------


def test_the_example_of_the_standard_is_cut_as_there() -> None:
    """The line of RFC 7946, section 3.1.9, gives the parts that stand there."""
    assert split_at_antimeridian([(170.0, 45.0), (-170.0, 45.0)]) == [
        [(170.0, 45.0), (180.0, 45.0)],
        [(-180.0, 45.0), (-170.0, 45.0)],
    ]


def test_a_line_away_from_the_edge_stays_whole() -> None:
    """A line that crosses nothing is one part with the same points."""
    line = great_circle(JAKARTA, ROTTERDAM)
    assert split_at_antimeridian(line) == [line]


def test_the_cut_lies_on_the_straight_line() -> None:
    """Between two points a line of GeoJSON is straight in degrees, and the cut is where that meets the edge."""
    assert split_at_antimeridian([(178.0, 10.0), (-174.0, 14.0)])[0][-1] == (180.0, 11.0)
    assert split_at_antimeridian([(-174.0, 14.0), (178.0, 10.0)])[0][-1] == (-180.0, 11.0)


def test_a_line_that_crosses_twice_has_three_parts() -> None:
    """Each crossing is a cut of its own."""
    parts = split_at_antimeridian([(170.0, 0.0), (-170.0, 0.0), (170.0, 0.0)])
    assert [part[0][0] for part in parts] == [170, -180, 180]


def test_a_line_from_the_edge_leaves_no_stub() -> None:
    """A line that begins on the 180th meridian is one part, on whichever side it runs."""
    assert split_at_antimeridian([(180.0, 5.0), (-170.0, 5.0)]) == [[(-180.0, 5.0), (-170.0, 5.0)]]
    assert split_at_antimeridian([(-180.0, 5.0), (170.0, 5.0)]) == [[(180.0, 5.0), (170.0, 5.0)]]
    assert split_at_antimeridian([(170.0, 5.0), (180.0, 5.0)]) == [[(170.0, 5.0), (180.0, 5.0)]]
    assert split_at_antimeridian([(170.0, 5.0), (-180.0, 5.0)]) == [[(170.0, 5.0), (180.0, 5.0)]]


def test_a_line_along_the_edge_is_not_torn() -> None:
    """On the 180th meridian it does not matter which of its two names each point has."""
    assert split_at_antimeridian([(180.0, 0.0), (-180.0, 10.0), (180.0, 20.0)]) == [
        [(180.0, 0.0), (180.0, 10.0), (180.0, 20.0)]
    ]


def test_a_line_over_a_pole_reaches_it_on_its_meridian() -> None:
    """It goes up to the edge of the map and comes down from there half the globe away."""
    parts = split_at_antimeridian(great_circle((10.0, 60.0), (-170.0, 60.0)))
    corners = [point for part in parts for point in (part[0], part[-1])]
    assert corners == [pytest.approx(point) for point in ((10, 60), (10, 90), (-170, 90), (-170, 60))]
    assert all(lon == pytest.approx(part[0][0]) for part in parts for lon, __ in part)
    south = split_at_antimeridian(great_circle((10.0, -60.0), (-170.0, -80.0)))
    assert [part[-1] for part in south] == [pytest.approx((10, -90)), (-170, -80)]


def test_a_line_from_a_pole_begins_on_its_meridian() -> None:
    """A pole has no longitude: the line from it or to it is straight up and down."""
    assert {round(lon, 9) for lon, __ in split_at_antimeridian(great_circle((50.0, 90.0), (-120.0, 40.0)))[0]} == {-120}
    assert {round(lon, 9) for lon, __ in split_at_antimeridian(great_circle((-120.0, 40.0), (0.0, -90.0)))[0]} == {-120}


def test_from_pole_to_pole_is_a_meridian() -> None:
    """Of all meridians one is taken, and kept to."""
    (part,) = split_at_antimeridian(great_circle((0.0, 90.0), (33.0, -90.0)))
    assert len({round(lon, 6) for lon, __ in part}) == 1
    assert (part[0][1], part[-1][1]) == (90, -90)


def test_a_place_and_itself_are_a_line_of_two_points() -> None:
    """Two cities at one place still have a line."""
    assert split_at_antimeridian(great_circle(SUVA, SUVA)) == [[SUVA, SUVA]]
    assert split_at_antimeridian([SUVA]) == [[SUVA]]


@given(ends)
@example((SUVA, APIA))
@example(((0.0, 90.0), (0.0, -90.0)))
@example(((180.0, 10.0), (-180.0, -10.0)))
@example(((90.0, 0.0), (-90.0, 0.0)))
def test_parts_are_the_line_and_none_leaves_the_map(pair: tuple[Point, Point]) -> None:
    """No part jumps over an edge; each goes on where the one before it ended; together they are the line."""
    line = great_circle(*pair)
    parts = split_at_antimeridian(line)
    for part in parts:
        assert len(part) >= 2
        assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in part)
        assert all(abs(lon1 - lon2) <= 180 for (lon1, __), (lon2, __) in pairwise(part))
    for before, after in pairwise(parts):
        edge, beyond = before[-1], after[0]
        assert edge[1] == beyond[1]
        assert abs(edge[1]) == 90 or (abs(edge[0]), edge[0]) == (180, -beyond[0])
    assert km(parts[0][0], line[0]) < 0.001
    assert km(parts[-1][-1], line[-1]) < 0.001
    if not any(abs(lat) == 90 for part in parts for __, lat in part):
        assert sum(degrees_long(part) for part in parts) == pytest.approx(degrees_long(line))


# --- the box ------------------------------------------------------------------------------------------------------


def box_of(*lines: Sequence[Point]) -> tuple[float, float, float, float] | None:
    """The box around lines that are yet to be cut."""
    extent = Extent()
    for line in lines:
        extent.add(split_at_antimeridian(line))
    return extent.box


def test_a_box_over_the_edge_has_its_west_in_the_east() -> None:
    """As in RFC 7946, section 5.2, with Fiji."""
    assert box_of([(177.0, -20.0), (-178.0, -16.0)]) == (177, -20, -178, -16)


def test_a_box_leaves_out_the_widest_gap() -> None:
    """Of the two ways round the globe the box takes the shorter."""
    assert box_of([(-10.0, 0.0), (10.0, 5.0)], [(40.0, 1.0), (60.0, 2.0)]) == (-10, 0, 60, 5)
    assert box_of([(-170.0, 0.0), (-160.0, 5.0)], [(160.0, 1.0), (150.0, 2.0)]) == (150, 0, -160, 5)
    assert box_of([(-100.0, 0.0), (0.0, 0.0), (100.0, 0.0)]) == (-100, 0, 100, 0)


def test_no_lines_have_no_box() -> None:
    """There is nothing around nothing."""
    assert Extent().box is None


@given(st.lists(ends, min_size=1, max_size=4))
def test_a_box_holds_every_point_and_no_wider_gap_is_inside(pairs: list[tuple[Point, Point]]) -> None:
    """Every point lies in it; and it is no wider than any box that holds all the lines and starts at one of them."""
    lines = [split_at_antimeridian(great_circle(*pair)) for pair in pairs]
    extent = Extent()
    for line in lines:
        extent.add(line)
    assert extent.box is not None
    west, south, east, north = extent.box
    width = (east - west) % 360 if east != west + 360 else 360
    parts = [part for line in lines for part in line]
    for lon, lat in (point for part in parts for point in part):
        assert south <= lat <= north
        assert (lon - west) % 360 <= width + 1e-9
    for start in (min(lon for lon, __ in part) for part in parts):
        reach = max(
            (min(lon for lon, __ in part) - start) % 360 + max(lon for lon, __ in part) - min(lon for lon, __ in part)
            for part in parts
        )
        assert width <= reach + 1e-6
