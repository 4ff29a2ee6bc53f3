"""What the models take and refuse, of every date and every text there is."""

from __future__ import annotations

import calendar
import json
import unicodedata
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from twincli.dataset import models
from twincli.dataset.models import Bilingual, City, CityNames, Line, Name, Pair, PartialDate, Source
from twincli.dataset.problems import reason_of

DATE = TypeAdapter(PartialDate)
NAME = TypeAdapter(Name)
LINE = TypeAdapter(Line)


def _is_taken(adapter: TypeAdapter[Any], value: object) -> bool:
    try:
        return bool(adapter.validate_python(value) == value)
    except ValidationError:
        return False


@settings(deadline=None)
@given(st.dates(), st.sampled_from([4, 7, 10]))
def test_every_day_month_and_year_is_a_date(day: date, length: int) -> None:
    """From year 1 to 9999, as precise as known, and kept as it was written."""
    text = day.isoformat()[:length]
    assert DATE.validate_python(text) == text


@settings(deadline=None)
@given(st.integers(0, 9999), st.integers(0, 99), st.integers(0, 99))
def test_a_date_is_taken_only_where_the_calendar_has_it(year: int, month: int, day: int) -> None:
    """Leap years included, and nothing rolls over into the next month."""
    has_year = year > 0
    has_month = has_year and 1 <= month <= 12
    has_day = has_month and 1 <= day <= calendar.monthrange(year, month)[1]
    assert _is_taken(DATE, f"{year:04}") is has_year
    assert _is_taken(DATE, f"{year:04}-{month:02}") is has_month
    assert _is_taken(DATE, f"{year:04}-{month:02}-{day:02}") is has_day


@settings(deadline=None)
@given(st.text() | st.from_regex(r"\A\d{4}(-\d\d(-\d\d)?)?\n?\Z"))
def test_whatever_is_taken_as_a_date_sorts_as_one(text: str) -> None:
    """Dates are compared as text, so that only plain digits and hyphens of fixed length may pass."""
    if _is_taken(DATE, text):
        assert text.isascii()
        assert len(text) in {4, 7, 10}
        assert date.fromisoformat((text + "-01-01")[:10])


@settings(deadline=None)
@given(st.text(min_size=1, max_size=200))
def test_a_name_is_taken_only_where_it_can_be_shown(text: str) -> None:
    """No control character, no invisible mark but the joiners, no line break, no space at either end."""
    acts = any(unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} for letter in text)
    joins = any(letter in "\u200c\u200d" for letter in text)
    if not joins:
        assert _is_taken(NAME, text) is (not acts and text == text.strip())


def test_every_control_character_is_refused_wherever_it_stands() -> None:
    """C0, DEL and C1, at the beginning, in the middle and at the end, of names and of sentences."""
    for code in [*range(0x20), *range(0x7F, 0xA0)]:
        for text in (chr(code) + "a", f"a{chr(code)}a", "a" + chr(code)):
            assert not _is_taken(NAME, text)
            assert not _is_taken(LINE, text)


@pytest.mark.parametrize(("adapter", "longest"), [(NAME, 200), (LINE, 2000)], ids=["a name", "a sentence"])
def test_a_text_has_a_greatest_length(adapter: TypeAdapter[Any], longest: int) -> None:
    """So that one record cannot fill the screen."""
    assert _is_taken(adapter, "x" * longest)
    assert not _is_taken(adapter, "x" * (longest + 1))
    assert not _is_taken(adapter, "")


COORDINATES = {"id": "a-id", "name": "A", "country": "ID", "level": "city", "lat": 0.0, "lon": 0.0}


@settings(deadline=None)
@given(st.floats(), st.floats())
def test_a_city_lies_on_the_globe(lat: float, lon: float) -> None:
    """Latitudes to 90, longitudes to 180 degrees either way; neither infinity nor what is no number."""
    try:
        City.model_validate_json(json.dumps({**COORDINATES, "lat": lat, "lon": lon}))
        is_taken = True
    except ValidationError:
        is_taken = False
    assert is_taken is (-90 <= lat <= 90 and -180 <= lon <= 180)


@pytest.mark.parametrize("model", [Bilingual, CityNames, City, Source, Pair])
def test_every_model_forbids_unknown_keys_and_change(model: type[City]) -> None:
    """A misspelt key is never ignored, and what has been checked stays as it was."""
    assert model.model_config["extra"] == "forbid"
    assert model.model_config["frozen"] is True
    with pytest.raises(ValidationError, match="surprise"):
        model.model_validate({"surprise": 1})


@pytest.mark.parametrize(
    ("value", "field"), [("1", "lat"), (True, "lat"), (1, "name"), ("id", "country"), ("6", "geonames")]
)
def test_nothing_is_turned_into_another_type(value: object, field: str) -> None:
    """Text is no number, a number no text, and a code has its letters large."""
    with pytest.raises(ValidationError):
        City.model_validate_json(json.dumps({**COORDINATES, field: value}))


ODD = ["null", "true", "0", "-1", "1.5", "1e400", "NaN", "-Infinity", str(10**12), "9" * 400, '""', '"x"', '" x"',
       f'"{"x" * 3000}"', r'"\ud800"', r'"\u0000"', "[]", "[1]", '["x", "y", "z"]', "{}", '{"x": 1}']  # fmt: skip


@pytest.mark.parametrize(
    "model",
    [model for model in vars(models).values() if isinstance(model, type) and issubclass(model, models.Record)],
    ids=lambda model: str(model.__name__),
)
def test_every_fault_is_told_in_our_words(model: type[models.Record]) -> None:
    """Whatever stands in whatever field, the reason is a message of the catalogue, not Pydantic's English."""
    for field in [*model.model_fields, "unknown"]:
        for value in ODD:
            for details in (*_faults(model, f'{{"{field}": {value}}}'), *_faults(model, value)):
                assert reason_of(details).message != "{message}", details


def _faults(model: type[models.Record], content: str) -> list[Any]:
    try:
        model.model_validate_json(content)
    except ValidationError as error:
        return list(error.errors(include_url=False))
    return []
