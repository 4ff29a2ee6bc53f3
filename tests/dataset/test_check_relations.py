"""``twincli data check`` on what must hold between fields and between records: dates, ids, places."""

from __future__ import annotations

import calendar
import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.dataset.conftest import Check, Records, record
from twincli.dataset.check import check_records
from twincli.dataset.models import Pair

PAIR = "coventry-volgograd"
ONE_DEGREE_KM = 111.2
"""Of latitude, on the sphere that distances are computed on."""


# --- dates ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["active", "dormant", "unknown"])
def test_an_end_without_an_ending_status_is_an_error(small: dict[str, Any], check: Check, status: str) -> None:
    """``until`` is the date of an end or a suspension; a pair that goes on has none."""
    record(small, "pairs", PAIR)["status"] = status
    assert check(small).errors == [(PAIR, "until", f"stands with the status {status}, which is no end")]


@pytest.mark.parametrize("status", ["ended", "suspended"])
def test_an_ending_status_goes_with_an_end_and_without(small: dict[str, Any], check: Check, status: str) -> None:
    """A pair may have ended at a date that nobody knows."""
    pair = record(small, "pairs", PAIR)
    pair["status"] = status
    assert check(small).errors == []
    del pair["until"]
    assert check(small).errors == []


@pytest.mark.parametrize(
    ("since", "until"), [("1944", "1943"), ("1944-06", "1944-05"), ("1944-06-06", "1944-06-05"), ("1944-06-06", "1943")]
)
def test_dates_that_run_backwards_are_an_error(small: dict[str, Any], check: Check, since: str, until: str) -> None:
    """No pair ends before it began."""
    record(small, "pairs", PAIR).update(since=since, until=until)
    assert check(small).errors == [(PAIR, "until", f"is {until}, before it began in {since}")]


def _first_and_last_day(partial: str) -> tuple[date, date]:
    year, month, day = [*(int(part) for part in partial.split("-")), 0, 0][:3]
    last_month = month or 12
    last_day = day or calendar.monthrange(year, last_month)[1]
    return date(year, month or 1, day or 1), date(year, last_month, last_day)


PARTIAL_DATES = st.dates(date(1000, 1, 1), date(2020, 12, 31)).flatmap(
    lambda day: st.sampled_from([day.isoformat()[:length] for length in (4, 7, 10)])
)


@settings(deadline=None)
@given(since=PARTIAL_DATES, until=PARTIAL_DATES)
def test_dates_run_backwards_only_where_they_do_at_every_reading(since: str, until: str) -> None:
    """1986-05 until 1986 is no error, since the year goes on; 1986 until 1985-12-31 is one."""
    pair = Pair.model_validate_json(
        json.dumps(
            {
                "id": "a-b",
                "cities": ["a", "b"],
                "kind": "sister",
                "status": "ended",
                "since": since,
                "until": until,
                "sources": [{"source": "s", "says": "x"}],
            }
        )
    )
    fields = [problem.field for problem in check_records("f", [], [], [pair], known_cities="ab", known_sources="s")]
    runs_backwards = _first_and_last_day(until)[1] < _first_and_last_day(since)[0]
    assert fields == (["until"] if runs_backwards else [])


def test_a_date_in_the_future_is_a_warning(small: dict[str, Any], check: Check) -> None:
    """An agreement may be made for a day to come, but a slip of a digit is likelier."""
    record(small, "pairs", "jakarta-rotterdam")["since"] = "2986"
    verdict = check(small)
    assert verdict.warnings == [("jakarta-rotterdam", "since", "is 2986, in the future")]
    assert (verdict.status, verdict.errors) == (0, [])


@pytest.mark.parametrize("length", [4, 7, 10])
def test_today_is_not_the_future(small: dict[str, Any], check: Check, length: int) -> None:
    """Neither is this month or this year."""
    record(small, "pairs", "jakarta-rotterdam")["since"] = date.today().isoformat()[:length]
    assert check(small).warnings == []


# --- ids ------------------------------------------------------------------------------------------------------------


def test_a_pair_with_itself_is_an_error(small: dict[str, Any], check: Check) -> None:
    """No city is its own twin."""
    record(small, "pairs", "jakarta-rotterdam")["cities"] = ["jakarta-id", "jakarta-id"]
    assert check(small).errors == [("jakarta-rotterdam", "cities", "pairs a city with itself")]


def test_the_same_two_cities_twice_are_an_error(small: dict[str, Any], check: Check) -> None:
    """A second record of a pair is named with the first."""
    small["pairs"].append({**record(small, "pairs", PAIR), "id": "volgograd-coventry"})
    assert check(small).errors == [("volgograd-coventry", "cities", f"has the same two cities as {PAIR}")]


def test_the_same_two_cities_the_other_way_round_are_an_error(small: dict[str, Any], check: Check) -> None:
    """A pair has no direction."""
    pair = record(small, "pairs", PAIR)
    small["pairs"].append({**pair, "id": "volgograd-coventry", "cities": pair["cities"][::-1]})
    assert set(check(small).errors) == {
        ("volgograd-coventry", "cities", f"has the same two cities as {PAIR}"),
        ("volgograd-coventry", "cities", "is not sorted"),
    }


def test_a_city_that_does_not_exist_is_an_error(small: dict[str, Any], check: Check) -> None:
    """The id that leads nowhere is named."""
    record(small, "pairs", PAIR)["cities"] = ["coventry-gb", "stalingrad-su"]
    assert check(small).errors == [(PAIR, "cities", "names a city that does not exist: stalingrad-su")]


def test_a_source_that_does_not_exist_is_an_error(small: dict[str, Any], check: Check) -> None:
    """So is the id of a source."""
    record(small, "pairs", PAIR)["sources"][0]["source"] = "hearsay"
    assert check(small).errors == [(PAIR, "sources", "names a source that does not exist: hearsay")]


@pytest.mark.parametrize("section", ["cities", "sources", "pairs"])
def test_an_id_used_twice_is_an_error(small: dict[str, Any], check: Check, section: str) -> None:
    """Two records of one sort never share an id."""
    twice = small[section][0]
    small[section].append(dict(twice))
    assert check(small).errors == [(twice["id"], "id", "is used twice")]


def test_a_source_or_a_field_named_twice_in_a_pair_is_an_error(small: dict[str, Any], check: Check) -> None:
    """Saying a thing twice makes it no truer."""
    pair = record(small, "pairs", PAIR)
    pair["sources"].append(pair["sources"][0])
    pair["fields"].append(pair["fields"][0])
    assert set(check(small).errors) == {
        (PAIR, "sources", "names one source twice"),
        (PAIR, "fields", "names one field twice"),
    }


@pytest.mark.parametrize("code", ["XX", "UK", "SU"])
def test_a_country_code_that_is_not_in_iso_3166_is_an_error(small: dict[str, Any], check: Check, code: str) -> None:
    """Neither invented codes, nor the everyday UK for GB, nor those of countries that are gone."""
    record(small, "cities", "volgograd-ru")["country"] = code
    assert check(small).errors == [("volgograd-ru", "country", f"is {code}, which is no ISO 3166-1 code")]


# --- places ---------------------------------------------------------------------------------------------------------


def _move(content: Records, *, km: float) -> Records:
    """Put Volgograd so far north of Coventry, and return their pair."""
    coventry, volgograd = (record(content, "cities", id_) for id_ in ("coventry-gb", "volgograd-ru"))
    volgograd.update(lat=coventry["lat"] + km / ONE_DEGREE_KM, lon=coventry["lon"])
    return record(content, "pairs", PAIR)


@pytest.mark.parametrize(("kind", "limit"), [("border", 150), ("conurbation", 80)])
def test_neighbours_that_lie_too_far_apart_are_an_error(
    small: dict[str, Any], check: Check, kind: str, limit: int
) -> None:
    """Border twins are neighbours within 150 km, a conurbation is one built-up area within 80 km."""
    _move(small, km=limit + 2)["kind"] = kind
    reason = f"is {kind}, but the cities are {limit + 2} km apart (at most {limit})"
    assert check(small).errors == [(PAIR, "kind", reason)]


@pytest.mark.parametrize(("kind", "limit"), [("border", 150), ("conurbation", 80)])
def test_neighbours_within_the_limit_pass(small: dict[str, Any], check: Check, kind: str, limit: int) -> None:
    """Just within the limit is within it."""
    _move(small, km=limit - 2)["kind"] = kind
    assert check(small).errors == []


def test_a_conurbation_across_the_date_line_is_one(small: dict[str, Any], check: Check) -> None:
    """Distances go the short way round the globe."""
    record(small, "cities", "coventry-gb").update(lat=-16.8, lon=179.9)
    record(small, "cities", "volgograd-ru").update(lat=-16.8, lon=-179.9)
    record(small, "pairs", PAIR)["kind"] = "conurbation"
    assert check(small).errors == []


def test_two_capitals_lie_in_one_country(small: dict[str, Any], check: Check) -> None:
    """A pair of the kind ``capital`` is of two capitals of one country."""
    record(small, "pairs", PAIR)["kind"] = "capital"
    assert check(small).errors == [(PAIR, "kind", "is capital, but the cities lie in GB and RU")]
    record(small, "cities", "volgograd-ru").update(country="GB", lat=53, lon=-1)
    assert check(small).errors == []


@pytest.mark.parametrize("kind", ["sister", "friendship", "intent", "project"])
def test_other_pairs_may_lie_anywhere(small: dict[str, Any], check: Check, kind: str) -> None:
    """Half a world apart is what twinning is about."""
    record(small, "pairs", PAIR)["kind"] = kind
    assert check(small).errors == []


def _compatriots(content: Records, *latitudes: float) -> list[str]:
    """Add cities of Kenya at these latitudes and return their ids."""
    ids = [f"place-{number}-ke" for number in range(len(latitudes))]
    content["cities"] += [
        {"id": id_, "name": id_, "country": "KE", "level": "city", "lat": latitude, "lon": 37.0}
        for id_, latitude in zip(ids, latitudes, strict=True)
    ]
    return ids


def test_a_city_far_from_all_its_compatriots_is_a_warning(small: dict[str, Any], check: Check) -> None:
    """More than 2,000 km from every other city of its country, a city's coordinates are probably mixed up."""
    *__, lost = _compatriots(small, 0, 1, 1 + 2010 / ONE_DEGREE_KM)
    verdict = check(small)
    assert verdict.warnings == [(lost, "lat", "puts it over 2000 km from every other city of KE")]
    assert (verdict.status, verdict.errors) == (0, [])


def test_a_city_near_one_compatriot_is_no_warning(small: dict[str, Any], check: Check) -> None:
    """One other city within 2,000 km is enough, as in a country as long as Chile or Russia."""
    _compatriots(small, 0, 1990 / ONE_DEGREE_KM, 2 * 1990 / ONE_DEGREE_KM)
    assert check(small).warnings == []


def test_a_city_alone_in_its_country_is_no_warning(small: dict[str, Any], check: Check) -> None:
    """Where there is nothing to compare with, nothing is said."""
    _compatriots(small, 89)
    assert check(small).warnings == []
