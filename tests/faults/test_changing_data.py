"""Data that changes while it is read: every answer is of one state of it, and nothing is said of what is gone."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from tests.conftest import Place
from twincli.errors import BadData
from twincli.index.store import open_index
from twincli.locations import DataFiles, data_files


@pytest.fixture
def layers(fresh: Place, small: dict[str, Any]) -> list[Path]:
    """Two layers of a pair each."""
    folder = fresh.folder / "layers"
    folder.mkdir()
    for name, pair in zip(("one", "two"), small["pairs"], strict=True):
        _write(folder / f"{name}.json", small, pair)
    return sorted(folder.iterdir())


def _write(path: Path, small: dict[str, Any], pair: dict[str, Any]) -> None:
    """Put a layer of one pair in a place, in one step."""
    new = path.with_suffix(".new")
    new.write_text(json.dumps({**small, "pairs": [pair]}), "utf-8")
    new.replace(path)


# When the data files are asked for while an index is made: whether somebody else has made it, to read them, and to see
# that they are what they were.
LOOKED_FOR, READ, COMPARED = 1, 2, 3


class Finder:
    """Names the data files; before one of the times that it is asked, something happens to them."""

    def __init__(self, files: DataFiles, at: int, happens: Callable[[], object]) -> None:
        self._files, self._at, self._happens = files, at, happens
        self.asked = 0

    def __call__(self) -> DataFiles:
        """Name them."""
        self.asked += 1
        if self.asked == self._at:
            self._happens()
        layers = tuple((name, path) for name, path in self._files.layers if path.exists())
        return DataFiles(self._files.pairs, self._files.gazetteer, self._files.notes, "", layers)


def _files(place: Place, layers: list[Path]) -> DataFiles:
    files = data_files(None, place.environ)
    first, *others = layers
    return DataFiles(first, files.gazetteer, files.notes, "", tuple((path.stem, path) for path in others))


def _notes(find: Callable[[], DataFiles], place: Place) -> set[str]:
    """Return what the index says of its pairs."""
    with open_index(find, place.environ) as index:
        return {row[0] for row in index.connection.execute("SELECT head || tail FROM pair")}


def _kinds(found: set[str]) -> set[str]:
    return {word for text in found for word in ("sister", "friendship", "border") if f'"kind": "{word}"' in text}


def test_no_answer_mixes_two_states(fresh: Place, small: dict[str, Any], layers: list[Path]) -> None:
    """Where two files change while they are read, what is answered from is what both hold afterwards."""
    files = _files(fresh, layers)
    one, two = small["pairs"]

    def change() -> None:
        # After the data has been read, before it is looked at whether it is still what it was.
        _write(layers[0], small, {**one, "kind": "friendship"})
        _write(layers[1], small, {**two, "kind": "friendship"})

    find = Finder(files, COMPARED, change)
    assert _kinds(_notes(find, fresh)) == {"friendship"}
    assert find.asked > COMPARED


def test_one_change_is_no_reason_to_begin_anew(fresh: Place, small: dict[str, Any], layers: list[Path]) -> None:
    """Where only one file has changed, what was read is of one state, before or after: the answer does not wait."""
    changed = {**small["pairs"][0], "kind": "friendship"}
    find = Finder(_files(fresh, layers), COMPARED, lambda: _write(layers[0], small, changed))
    assert _kinds(_notes(find, fresh)) == {"sister"}
    assert find.asked == COMPARED


@pytest.mark.parametrize("at", [LOOKED_FOR, READ, COMPARED])
def test_a_layer_that_goes_while_it_is_read(fresh: Place, layers: list[Path], at: int) -> None:
    """A layer removed at any moment of the reading is as if it had been removed before, or after; nothing is said."""
    find = Finder(_files(fresh, layers), at, layers[1].unlink)
    assert len(_notes(find, fresh)) in {1, 2}


def test_what_is_listed_and_gone_is_looked_for_again(fresh: Place, layers: list[Path]) -> None:
    """A layer gone between the listing of the folder and the reading of the file is not missed."""
    files = _files(fresh, layers)
    gone = DataFiles(files.pairs, files.gazetteer, files.notes, "", (("gone", layers[0].with_name("gone.json")),))
    answers = iter([gone, gone])
    assert len(_notes(lambda: next(answers, files), fresh)) == 2
    with pytest.raises(BadData, match=r"gone\.json"):
        open_index(lambda: gone, fresh.environ)


def test_what_turns_out_wrong_and_is_gone_is_no_error(fresh: Place, layers: list[Path]) -> None:
    """A file that is replaced while it is read, so that what was read makes no sense, is read again."""
    layers[1].unlink()
    os.mkfifo(layers[1])

    def replace() -> None:
        with layers[1].open("w", encoding="utf-8") as file:  # which waits until it is being read
            layers[1].unlink()
            file.write("{")

    writer = Thread(target=replace)
    writer.start()
    assert len(_notes(Finder(_files(fresh, layers), 0, replace), fresh)) == 1
    writer.join()


def test_without_a_cache_it_is_the_same(fresh: Place, layers: list[Path]) -> None:
    """Where the index is built in memory, a layer that goes meanwhile is no matter either."""
    find = Finder(_files(fresh, layers), READ, layers[1].unlink)
    fresh.environ = {"HOME": ""}
    assert len(_notes(find, fresh)) in {1, 2}
