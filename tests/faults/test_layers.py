"""Layers that are damaged, foreign or from another version: one sentence that says how to do without them."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Place
from tests.faults.conftest import run_under, unprivileged
from tests.layers.importing import ONE_PAIR, Bench

COMMANDS = (("list",), ("show", "Jakarta"), ("explain",), ("stats",), ("data", "info"))


@pytest.fixture
def bench(place: Place) -> Bench:
    """A place with one layer."""
    bench = Bench(place)
    bench.bring(ONE_PAIR)
    return bench


def _assert_said(bench: Bench, said: str) -> None:
    """Every command says what is wrong, and the command that mends it does."""
    for command in COMMANDS:
        result = bench.place.run(*command)
        assert (result.status, result.stdout) == (1, "")
        error, hint = result.stderr.splitlines()
        assert error.startswith("Error: ")
        assert said in error
        assert hint == "  To do without this layer: twincli data remove mine"
    assert bench.place.run("data", "remove", "mine").status == 0
    assert bench.place.run("list", "-n", "1").status == 0


def test_half_a_layer(bench: Bench) -> None:
    """A layer of which a broken disk kept half is named, with how to do without it."""
    layer = bench.folder / "mine.json"
    layer.write_bytes(layer.read_bytes()[:500])
    _assert_said(bench, "not JSON")


def test_a_layer_of_a_later_version(bench: Bench) -> None:
    """A layer in a format that only a later version knows is named, not misread."""
    layer = bench.folder / "mine.json"
    layer.write_text(json.dumps({**bench.layer(), "format": 2}), "utf-8")
    _assert_said(bench, "format is 2")


def test_a_link_to_nowhere(bench: Bench) -> None:
    """A layer that is a link to a file that is gone is named, and can be removed."""
    layer = bench.folder / "mine.json"
    layer.unlink()
    layer.symlink_to(bench.place.folder / "nowhere.json")
    _assert_said(bench, "No such file")


def test_removing_a_link_leaves_what_it_leads_to(bench: Bench) -> None:
    """``data remove`` removes what lies in the folder of layers and nothing else."""
    layer, elsewhere = bench.folder / "mine.json", bench.place.folder / "precious.json"
    layer.rename(elsewhere)
    layer.symlink_to(elsewhere)
    assert bench.place.run("show", "Quellstadt").status == 0
    assert bench.place.run("data", "remove", "mine").status == 0
    assert elsewhere.is_file()
    assert bench.state() == {}


@pytest.mark.parametrize("name", ["../..", "..", "../../home", "/etc/passwd", "mine.json", "", ".", "*", "mine\n", "~"])
def test_what_is_no_name_removes_nothing(bench: Bench, name: str) -> None:
    """``data remove ../..`` removes nothing, anywhere, and says what a name looks like."""
    before = sorted(path for path in bench.place.folder.rglob("*"))
    result = bench.place.run("data", "remove", name)
    assert result.status == 2
    assert "cannot be the name of a layer" in result.stderr
    assert sorted(path for path in bench.place.folder.rglob("*")) == before


def test_files_that_no_import_made_are_no_layers(bench: Bench) -> None:
    """What lies beside the layers under a name that none can have answers nothing, as it could not be removed."""
    layer = (bench.folder / "mine.json").read_bytes()
    for name in ("UPPER.json", "bundled.json", "with space.json", ".hidden.json", "notes.txt", "Mine.JSON"):
        (bench.folder / name).write_bytes(b"{" if name != "bundled.json" else layer)
    info: dict[str, Any] = bench.place.run("data", "info").json
    assert [each["name"] for each in info["layers"]] == ["mine"]


def test_a_layer_that_may_not_be_read(bench: Bench) -> None:
    """A layer that belongs to somebody else is named with the reason."""
    (bench.folder / "mine.json").chmod(0)
    result = run_under(unprivileged(), bench.place, "list", "-n", "1")
    assert result.status == 1
    assert "Permission denied" in result.stderr
    assert "twincli data remove mine" in result.stderr


def test_the_report_of_a_layer_that_is_gone_goes_too(bench: Bench) -> None:
    """A removal that was killed in the middle leaves a report without a layer; a later import clears it away."""
    orphan = bench.folder / "gone.rejected.tsv"
    young = bench.folder / "young.rejected.tsv"
    for path in (orphan, young):
        path.write_text("line\treason\trow\n", "utf-8")
    os.utime(orphan, (1, 1))
    bench.bring(ONE_PAIR)
    assert {path.name for path in bench.folder.iterdir()} == {"mine.json", "young.rejected.tsv"}


def test_the_working_file_of_an_import_is_never_another_s(bench: Bench) -> None:
    """A link laid where a layer shall come is replaced, not written through."""
    precious = Path(bench.write("precious", "precious.txt"))
    layer = bench.folder / "mine.json"
    layer.unlink()
    layer.symlink_to(precious)
    assert bench.bring(ONE_PAIR).status == 0
    assert precious.read_text("utf-8") == "precious"
    assert not layer.is_symlink()
