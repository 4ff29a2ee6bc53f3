"""What the tests of the index share: a data file that is quick to build from, and questions with known answers."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Place, Result

# Between them they read every table: names, cities, pairs, notes, and what is known of the data.
QUESTIONS: tuple[tuple[str, ...], ...] = (
    ("list", "--country", "Belanda", "--with", "Indonesia"),
    ("show", "Stalingrad"),
    ("show", "Jakarta", "Rotterdam"),
    ("explain", "manfaat"),
    ("list", "--format", "table"),
)


def folder_of(place: Place) -> Path:
    """Return the folder that a place's index lies in."""
    return Path(place.environ["XDG_CACHE_HOME"]) / "twincli"


def indexes(place: Place) -> list[Path]:
    """Return the indexes in a place's cache."""
    return sorted(folder_of(place).glob("*.sqlite"))


def the_index(place: Place) -> Path:
    """Return the one index that a place has."""
    (path,) = indexes(place)
    return path


def state_of(path: Path) -> tuple[int, int, int]:
    """Return what changes as soon as a file is written or replaced, but not when it is read."""
    state = path.stat()
    return state.st_ino, state.st_mtime_ns, state.st_ctime_ns


@pytest.fixture(scope="session")
def some_pairs(tmp_path_factory: pytest.TempPathFactory, bundled: dict[str, Any]) -> Path:
    """A data file with the pairs of two cities."""
    pairs = [pair for pair in bundled["pairs"] if {"jakarta-id", "volgograd-ru"} & set(pair["cities"])]
    cities = {end for pair in pairs for end in pair["cities"]}
    sources = {statement["source"] for pair in pairs for statement in pair["sources"]}
    content = {
        **bundled,
        "cities": [city for city in bundled["cities"] if city["id"] in cities],
        "sources": [source for source in bundled["sources"] if source["id"] in sources],
        "pairs": pairs,
    }
    path = tmp_path_factory.mktemp("data") / "some-pairs.json"
    path.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    return path


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory, some_pairs: Path) -> Place:
    """A place with an index to which nothing happens."""
    folder = tmp_path_factory.mktemp("sound")
    place = Place(folder, folder / "cache")
    place.environ["TWINCLI_DATA"] = str(some_pairs)
    place.run("list")
    return place


@pytest.fixture(scope="session")
def assert_right(sound: Place) -> Callable[[Place], None]:
    """Ask a place all questions, and hold the answers to those of the sound place."""
    right = {question: sound.run(*question) for question in QUESTIONS}
    assert all(answer.status == 0 and len(answer.stdout) > 500 for answer in right.values())

    def check(place: Place) -> None:
        answers: dict[tuple[str, ...], Result] = {question: place.run(*question) for question in right}
        assert answers == right

    return check


@pytest.fixture
def bare(fresh: Place, some_pairs: Path) -> Place:
    """A place with these pairs and an empty cache."""
    fresh.environ["TWINCLI_DATA"] = str(some_pairs)
    return fresh


@pytest.fixture
def built(bare: Place, sound: Place) -> Place:
    """A place with an index of its own, copied from the sound one with all that a file system keeps of it."""
    folder_of(bare).mkdir(parents=True)
    shutil.copy2(the_index(sound), folder_of(bare) / the_index(sound).name)
    return bare
