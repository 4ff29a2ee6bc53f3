"""``data info`` and ``data schema``: what answers, and what the JSON holds."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.conftest import DATA, Place
from twincli import __version__

DOCUMENTS = (
    "list",
    "show CITY",
    "show CITY CITY",
    "explain",
    "explain TOPIC",
    "explain --all",
    "data info",
    "data check",
    "data file",
)


def test_info_counts_what_there_is(place: Place, bundled: dict[str, Any]) -> None:
    """``data info`` tells the version, and the title, date, licence and size of the data."""
    info = place.run("data", "info").json
    assert info["version"] == __version__
    assert (info["title"], info["date"], info["licence"]) == (bundled["title"], bundled["date"], bundled["licence"])
    assert info["pairs"] == len(bundled["pairs"])
    assert info["cities"] == len(bundled["cities"])
    assert info["countries"] == len({city["country"] for city in bundled["cities"]})


def test_info_says_where_things_are_and_why(place: Place) -> None:
    """``data info`` names the data file, the index and the language, each with what decided it."""
    info = place.run("data", "info").json
    assert Path(info["data"]) == DATA / "pairs.json"
    assert info["data_reason"] == ""
    assert Path(info["index"]).is_relative_to(place.environ["XDG_CACHE_HOME"])
    assert Path(info["index"]).is_file()
    assert info["index_reason"] == "XDG_CACHE_HOME"
    assert (info["language"], info["language_reason"]) == ("en", "LANG")


def test_info_follows_what_was_asked(fresh: Place, small: dict[str, Any], write: Callable[[Any], Path]) -> None:
    """With other data, another home and another language, ``data info`` says so."""
    path = write(small)
    del fresh.environ["XDG_CACHE_HOME"]
    info = fresh.run("data", "info", "--data", str(path), "--lang", "id").json
    assert (info["data"], info["data_reason"]) == (str(path), "--data")
    assert (info["pairs"], info["cities"]) == (2, 4)
    assert Path(info["index"]).is_relative_to(fresh.home)
    assert info["index_reason"] == "HOME"
    assert (info["language"], info["language_reason"]) == ("id", "--lang")
    by_variable = fresh.run("data", "info", environ={"TWINCLI_DATA": str(path), "TWINCLI_LANG": "id"}).json
    assert (by_variable["data"], by_variable["data_reason"]) == (str(path), "TWINCLI_DATA")
    assert by_variable["language_reason"] == "TWINCLI_LANG"


def test_info_reads_well_on_a_terminal(place: Place, bundled: dict[str, Any]) -> None:
    """On a terminal each fact has its heading, and the reason beside it."""
    shown = place.table("data", "info", width=200).stdout
    assert f"{len(bundled['pairs']):,} pairs" in shown
    assert "(XDG_CACHE_HOME)" in shown
    assert "(LANG)" in shown


def test_every_document_has_a_schema(place: Place) -> None:
    """``data schema`` publishes a sound JSON Schema for the JSON of every command, alone or all together."""
    schemas = place.run("data", "schema").json
    assert set(DOCUMENTS) <= set(schemas)
    for name, schema in schemas.items():
        jsonschema.Draft202012Validator.check_schema(schema)
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert place.run("data", "schema", name).json == schema


def test_the_schemas_forbid_what_they_do_not_name(place: Place) -> None:
    """A schema that let anything pass would promise nothing."""
    schema = place.run("data", "schema", "list").json
    pair = place.run("list", "-n", "1").json[0]
    validator = jsonschema.Draft202012Validator(schema)
    assert validator.is_valid([pair])
    assert not validator.is_valid([{**pair, "surprise": 1}])
    assert not validator.is_valid([{**pair, "status": "lively"}])
    assert not validator.is_valid([{key: value for key, value in pair.items() if key != "since"}])


def test_the_keys_can_be_read_on_a_terminal(place: Place) -> None:
    """On a terminal ``data schema`` is a line a key, in jq's notation, and what it means."""
    shown = place.table("data", "schema", "list", width=120).stdout
    for key in place.run("list", "-n", "1").json[0]:
        assert f"  [].{key}  " in shown
    assert "ISO 3166-1 alpha-2" in shown


def test_the_schema_of_the_data_file_is_that_of_the_data_file(place: Place, bundled: dict[str, Any]) -> None:
    """The bundled file meets the schema that is published for such files."""
    schema = place.run("data", "schema", "data file").json
    sample = {**bundled, **{key: bundled[key][::40] for key in ("cities", "sources", "pairs")}}
    jsonschema.Draft202012Validator(schema).validate(sample)


def test_an_unknown_document_is_wrong_usage(place: Place) -> None:
    """A document that there is not: one sentence that lists those there are."""
    result = place.run("data", "schema", "lists")
    assert result.status == 2
    assert not result.stdout
    assert all(name in result.stderr for name in DOCUMENTS)


def test_the_bundled_data_is_sound(place: Place) -> None:
    """``data check`` finds no error in the bundled data."""
    result = place.run("data", "check")
    assert result.status == 0
    assert [problem for problem in result.json if problem["severity"] == "error"] == []


def test_a_check_reads_stdin(place: Place, small: dict[str, Any]) -> None:
    """``data check -`` reads a pipe; errors make the status 1, on stdout as records."""
    sound = place.run("data", "check", "-", stdin=json.dumps(small).encode())
    assert sound.status == 0
    small["pairs"][0]["kind"] = "brother"
    broken = place.run("data", "check", "-", stdin=json.dumps(small).encode())
    assert broken.status == 1
    assert [(problem["record"], problem["field"]) for problem in broken.json if problem["severity"] == "error"] == [
        (small["pairs"][0]["id"], "kind")
    ]


@pytest.mark.parametrize("arguments", [["data"], ["data", "--help"]])
def test_the_group_alone_shows_its_help(place: Place, arguments: list[str]) -> None:
    """``twincli data`` lists what there is under it."""
    result = place.run(*arguments)
    assert result.status == 0
    for command in ("info", "check", "schema"):
        assert f"\n  {command} " in result.stdout
