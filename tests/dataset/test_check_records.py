"""``twincli data check`` on one record: its keys, values, dates and text."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.dataset.conftest import Check, record

PAIR = "coventry-volgograd"


def test_a_sound_file_passes(small: dict[str, Any], check: Check) -> None:
    """A file without faults gives no error and the status 0."""
    verdict = check(small)
    assert (verdict.status, verdict.errors, verdict.warnings) == (0, [], [])


@pytest.mark.parametrize(
    ("section", "id_"), [("cities", "jakarta-id"), ("sources", None), ("pairs", PAIR)], ids=["city", "source", "pair"]
)
def test_an_unknown_key_is_an_error(small: dict[str, Any], check: Check, section: str, id_: str | None) -> None:
    """A key that the schema does not know is named with its record, in every sort of record."""
    row = small[section][0] if id_ is None else record(small, section, id_)
    row["colour"] = "green"
    verdict = check(small)
    assert verdict.errors == [(row["id"], "colour", "is not a known key")]
    assert verdict.status == 1


def test_an_unknown_key_beside_the_records_is_an_error(small: dict[str, Any], check: Check) -> None:
    """A key of the file itself that the schema does not know is named without a record."""
    small["remarks"] = []
    assert check(small).errors == [(None, "remarks", "is not a known key")]


def test_an_unknown_key_inside_a_value_is_named_with_its_way(small: dict[str, Any], check: Check) -> None:
    """The field of a fault deep in a record is the keys that lead to it."""
    record(small, "cities", "volgograd-ru")["names"]["nickname"] = "Volga"
    record(small, "pairs", PAIR)["sources"][1]["page"] = 3
    assert check(small).errors == [
        ("volgograd-ru", "names.nickname", "is not a known key"),
        (PAIR, "sources.1.page", "is not a known key"),
    ]


@pytest.mark.parametrize(
    ("section", "id_", "field", "value"),
    [
        ("cities", "jakarta-id", "level", "planet"),
        ("pairs", PAIR, "kind", "cousin"),
        ("pairs", PAIR, "status", "alive"),
        ("pairs", PAIR, "fields", ["culture", "cookery"]),
    ],
)
def test_an_unknown_value_is_an_error_that_names_the_known_ones(
    small: dict[str, Any], check: Check, section: str, id_: str, field: str, value: Any
) -> None:
    """A value outside its closed list is shown beside the list."""
    record(small, section, id_)[field] = value
    ((who, where, why),) = check(small).errors
    wrong = value[-1] if isinstance(value, list) else value
    assert who == id_
    assert where is not None
    assert where.split(".")[0] == field
    assert why.startswith(f"is '{wrong}', not one of ")


@pytest.mark.parametrize(
    ("section", "id_", "field"),
    [
        ("cities", "jakarta-id", "country"),
        ("cities", "jakarta-id", "lat"),
        ("pairs", PAIR, "kind"),
        ("pairs", PAIR, "sources"),
    ],
)
def test_a_missing_field_is_an_error(small: dict[str, Any], check: Check, section: str, id_: str, field: str) -> None:
    """A field that every record needs is missed by name."""
    del record(small, section, id_)[field]
    assert (id_, field, "is missing") in check(small).errors


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("lat", 90.5, "is 90.5, out of range"),
        ("lat", -91, "is -91, out of range"),
        ("lon", 180.01, "is 180.01, out of range"),
        ("lon", "106.8", "is not a number"),
        ("lat", None, "is not a number"),
        ("lat", float("nan"), "is not a finite number"),
        ("lon", float("inf"), "is not a finite number"),
        ("geonames", 0, "is 0, out of range"),
        ("geonames", 1.5, "is not a whole number"),
        ("name", "", "is empty"),
        ("name", 7, "is not text"),
        ("name", "x" * 201, "is longer than 200 characters"),
        ("names", [], "is not an object"),
    ],
)
def test_a_value_of_the_wrong_sort_is_an_error(
    small: dict[str, Any], check: Check, field: str, value: Any, reason: str
) -> None:
    """Coordinates out of range, numbers given as text, and empty or endless names are refused with the reason."""
    record(small, "cities", "jakarta-id")[field] = value
    assert ("jakarta-id", field, reason) in check(small).errors


@pytest.mark.parametrize("value", [["coventry-gb"], ["coventry-gb", "volgograd-ru", "jakarta-id"], "coventry-gb", {}])
def test_a_pair_has_exactly_two_cities(small: dict[str, Any], check: Check, value: Any) -> None:
    """One city, three cities or something else than a list is no pair."""
    record(small, "pairs", PAIR)["cities"] = value
    errors = check(small).errors
    assert errors
    assert all(who == PAIR and (where or "").startswith("cities") for who, where, __ in errors)


def test_a_pair_without_a_source_is_an_error(small: dict[str, Any], check: Check) -> None:
    """Nobody has to believe a pair that nobody attests."""
    record(small, "pairs", PAIR)["sources"] = []
    assert check(small).errors == [(PAIR, "sources", "has 0 entries instead of 1")]


@pytest.mark.parametrize("date", ["1986-02-30", "2023-02-29", "1986-13", "1986-00", "1986-05-00", "1986-04-31", "0000"])
@pytest.mark.parametrize("field", ["since", "until"])
def test_a_date_that_does_not_exist_is_an_error(small: dict[str, Any], check: Check, date: str, field: str) -> None:
    """30 February and month 13 are refused, whatever their form."""
    pair = record(small, "pairs", PAIR)
    del pair["since"], pair["until"]
    pair[field] = date
    assert check(small).errors == [(PAIR, field, f"is a date that does not exist: {date}")]


@pytest.mark.parametrize(
    "date", ["86", "1986-5", "1986-05-1", "12.05.1986", "1986-W10", "1986-05-12T00:00", " 1986", ""]
)
def test_a_date_in_another_form_is_an_error(small: dict[str, Any], check: Check, date: str) -> None:
    """Only a year, a year and month, or a whole date is read."""
    record(small, "pairs", PAIR)["since"] = date
    assert check(small).errors == [(PAIR, "since", "is not a date: write 1986, 1986-05 or 1986-05-12")]


def test_a_date_in_full_width_digits_is_an_error(small: dict[str, Any], check: Check) -> None:
    """Digits of other scripts would sort behind every other date."""
    record(small, "pairs", PAIR)["since"] = "１９８６"
    assert check(small).errors == [(PAIR, "since", "is not a date: write 1986, 1986-05 or 1986-05-12")]


@pytest.mark.parametrize("date", ["1986", "1986-05", "1986-05-12", "2024-02-29"])
def test_a_date_may_be_a_year_a_month_or_a_day(small: dict[str, Any], check: Check, date: str) -> None:
    """Every precision is as good."""
    pair = record(small, "pairs", "jakarta-rotterdam")
    pair["since"] = date
    assert check(small).errors == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Vol\x1b[31mgograd", "U+001B"),
        ("Volgograd\x07", "U+0007"),
        ("Vol\ngograd", "U+000A"),
        ("Vol\x7fgograd", "U+007F"),
        ("Vol\x9b31mgograd", "U+009B"),
        ("Vol\u202egograd", "U+202E"),
        ("Vol\u200bgograd", "U+200B"),
        ("Vol\u2028gograd", "U+2028"),
        ("\ufeffVolgograd", "U+FEFF"),
    ],
)
@pytest.mark.parametrize("where", ["name", "title", "says", "note"])
def test_a_control_character_is_an_error_that_names_it(
    small: dict[str, Any], check: Check, text: str, code: str, where: str
) -> None:
    """What could act on a terminal, or is invisible, is refused in every text and named by its code."""
    city, source, pair = record(small, "cities", "volgograd-ru"), small["sources"][0], record(small, "pairs", PAIR)
    if where == "name":
        city["name"] = text
    elif where == "title":
        source["title"] = text
    elif where == "says":
        pair["sources"][0]["says"] = text
    else:
        pair["note"] = {"en": text}
    who = {"name": city["id"], "title": source["id"]}.get(where, PAIR)
    field = {"says": "sources.0.says", "note": "note.en"}.get(where, where)
    assert check(small).errors == [(who, field, f"holds the invisible or control character {code}")]


def test_names_in_scripts_that_need_joiners_pass(small: dict[str, Any], check: Check) -> None:
    """Persian and Indic names are written with zero-width joiners, which act on nothing."""
    record(small, "cities", "volgograd-ru")["names"]["native"] = ["می\u200cخواهم", "ක්\u200dෂ"]
    assert check(small).errors == []


@pytest.mark.parametrize("name", [" Volgograd", "Volgograd ", "\u00a0Volgograd"])
def test_a_name_with_a_space_around_it_is_an_error(small: dict[str, Any], check: Check, name: str) -> None:
    """A space at either end cannot be seen and is never meant."""
    record(small, "cities", "volgograd-ru")["name"] = name
    assert check(small).errors == [("volgograd-ru", "name", "begins or ends with a space")]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "ftp://example.org/", "www.example.org", "https:///x", "http://"]
)
def test_a_link_that_is_no_web_address_is_an_error(small: dict[str, Any], check: Check, url: str) -> None:
    """What is shown as a link leads to the web and nowhere else."""
    source = small["sources"][0]
    source["url"] = url
    reason = "is not a web address that begins with http:// or https://"
    assert check(small).errors == [(source["id"], "url", reason)]


def test_a_link_with_a_space_is_an_error(small: dict[str, Any], check: Check) -> None:
    """Half of such an address would be clicked."""
    small["sources"][0]["url"] = "https://example.org/a b"
    assert check(small).errors == [(small["sources"][0]["id"], "url", "is a web address with a space in it")]


@pytest.mark.parametrize(
    "id_", ["Jakarta", "jakarta id", "jakarta--id", "-jakarta", "jakarta_id", "jakárta", "../x", ""]
)
def test_an_id_that_cannot_be_typed_is_an_error(small: dict[str, Any], check: Check, id_: str) -> None:
    """Ids are small letters, digits and single hyphens, so that they can be typed anywhere."""
    record(small, "pairs", PAIR)["id"] = id_
    ((who, where, why),) = check(small).errors
    assert (who, where) == (id_, "id")
    assert why.startswith(f"is '{id_}', which does not match ")


def test_a_record_that_is_no_object_is_named_by_its_place(small: dict[str, Any], check: Check) -> None:
    """Where a record has no id to be named by, its list and place, from 0, name it."""
    small["pairs"] += [3, None, {"id": 5}]
    places = {who for who, __, __ in check(small).errors}
    assert places == {"pairs[2]", "pairs[3]", "pairs[4]"}


def test_half_of_a_surrogate_pair_is_an_error(small: dict[str, Any], check: Check) -> None:
    """A letter that an editor has cut in half is refused, since it cannot be written out again."""
    record(small, "cities", "volgograd-ru")["name"] = "Volgograd \ud83d"
    ((who, __, why),) = check(json.dumps(small)).errors
    assert who == "volgograd-ru"
    assert "half of a UTF-16 surrogate pair" in why


def test_all_that_is_wrong_is_said_in_one_run(small: dict[str, Any], check: Check) -> None:
    """Faults of several records, and several of one record, are found together, not one a run."""
    record(small, "cities", "jakarta-id").update(lat=95, level="planet", mayor="x")
    small["sources"][0]["kind"] = "rumour"
    pair = record(small, "pairs", PAIR)
    pair.update(colour="green", since="1944-02-30", kind="cousin")
    record(small, "pairs", "jakarta-rotterdam")["until"] = "1900"
    found = {(who, where) for who, where, __ in check(small).errors}
    assert found == {
        ("jakarta-id", "lat"),
        ("jakarta-id", "level"),
        ("jakarta-id", "mayor"),
        (small["sources"][0]["id"], "kind"),
        (PAIR, "colour"),
        (PAIR, "since"),
        (PAIR, "kind"),
        ("jakarta-rotterdam", "until"),
    }


def test_a_malformed_record_is_judged_among_the_others_too(small: dict[str, Any], check: Check) -> None:
    """A misspelt key does not hide that the same pair's dates run backwards and that a city of it is missing."""
    pair = record(small, "pairs", PAIR)
    pair.update(colour="green", until="1900", status="ended", cities=["coventry-gb", "stalingrad-su"])
    found = {(who, where) for who, where, __ in check(small).errors}
    assert found == {(PAIR, "colour"), (PAIR, "until"), (PAIR, "cities")}


def test_a_malformed_city_is_not_missed_by_its_pairs(small: dict[str, Any], check: Check) -> None:
    """A pair is not reported for naming a city that is there, though wrong."""
    record(small, "cities", "volgograd-ru")["lat"] = "north"
    assert check(small).errors == [("volgograd-ru", "lat", "is not a number")]


def test_a_malformed_source_is_not_missed_by_its_pairs(small: dict[str, Any], check: Check) -> None:
    """A pair is not reported for naming a source that is there, though wrong."""
    small["sources"][0]["lang"] = "English"
    ((who, where, __),) = check(small).errors
    assert (who, where) == (small["sources"][0]["id"], "lang")
