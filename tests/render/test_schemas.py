"""The JSON of every command, held to the schema that ``data schema`` publishes for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.conftest import DATA, Place

TOPICS = sorted({path.name.split(".")[0] for path in (DATA / "concepts").glob("*.md")})


@pytest.fixture(scope="module")
def schemas(tmp_path_factory: pytest.TempPathFactory, shared_cache: Path) -> dict[str, Any]:
    """The published schemas by the name of their document."""
    published: dict[str, Any] = Place(tmp_path_factory.mktemp("schemas"), shared_cache).run("data", "schema").json
    return published


def _hold(document: Any, schema: Any) -> None:
    errors = jsonschema.Draft202012Validator(schema).iter_errors(document)
    assert [f"{error.json_path}: {error.message}" for error in errors] == []


def test_a_list_of_pairs(place: Place, schemas: dict[str, Any]) -> None:
    """``list``: every seventh pair of the data, and every one of each rare kind and status."""
    everything = place.run("list").json
    _hold(everything[::7], schemas["list"])
    _hold(place.run("list", "--kind", "capital", "--kind", "conurbation", "--kind", "border").json, schemas["list"])
    _hold(place.run("list", "--status", "ended", "--status", "suspended").json, schemas["list"])
    _hold(place.run("list", "--since", "..1000").json, schemas["list"])


@pytest.mark.parametrize("city", ["Jakarta", "Volgograd", "Jerusalem", "Singapore", "toledo-us"])
def test_a_city(place: Place, schemas: dict[str, Any], city: str) -> None:
    """``show CITY``."""
    _hold(place.run("show", city).json, schemas["show CITY"])


@pytest.mark.parametrize("cities", [("Jakarta", "Rotterdam"), ("Coventry", "Volgograd"), ("Jakarta", "Bandung")])
def test_two_cities(place: Place, schemas: dict[str, Any], cities: tuple[str, str]) -> None:
    """``show CITY CITY``, paired or not."""
    _hold(place.run("show", *cities).json, schemas["show CITY CITY"])


def test_topics(place: Place, schemas: dict[str, Any]) -> None:
    """``explain`` and ``explain --all``."""
    _hold(place.run("explain").json, schemas["explain"])
    _hold(place.run("explain", "--all").json, schemas["explain --all"])


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic(place: Place, schemas: dict[str, Any], topic: str) -> None:
    """``explain TOPIC``, whole and a section of it."""
    _hold(place.run("explain", topic).json, schemas["explain TOPIC"])
    _hold(place.run("explain", topic, "--section", "1").json, schemas["explain TOPIC"])


def test_the_data(place: Place, schemas: dict[str, Any], small: dict[str, Any], write: Callable[[Any], Path]) -> None:
    """``data info``, also where there is no index to name, and ``data check``."""
    _hold(place.run("data", "info").json, schemas["data info"])
    homeless = place.run("data", "info", environ={"HOME": "", "XDG_CACHE_HOME": ""}).json
    assert homeless["index"] is None
    _hold(homeless, schemas["data info"])
    small["pairs"][0]["cities"] = ["jakarta-id", "jakarta-id"]
    small["surprise"] = True
    problems = place.run("data", "check", str(write(small))).json
    assert problems
    _hold(problems, schemas["data check"])


def test_descriptions_say_what_keys_mean(schemas: dict[str, Any]) -> None:
    """Each schema says what it is of, and explains the keys that explain themselves least."""
    for name, schema in schemas.items():
        assert schema["title"] == f"twincli {name}"
    pair = schemas["list"]["$defs"]["PairOut"]["properties"]
    assert all(pair[key]["description"] for key in ("as_of", "distance_km"))
