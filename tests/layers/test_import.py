"""``twincli data import``: a file becomes a layer, and every row is accounted for."""

from __future__ import annotations

import json
import os
from typing import Any

import jsonschema

from tests.conftest import Place
from tests.layers.importing import HEADER, LUMBERTON, MERSTEIN, ONE_PAIR, QUELLSTADT, Bench
from twincli.dataset.layout import canonical_text
from twincli.dataset.models import Dataset
from twincli.dataset.published import json_schema

MANY = (
    HEADER
    + f"{QUELLSTADT},{MERSTEIN}\n"
    + f"{MERSTEIN},{QUELLSTADT}\n"  # the other way round
    + f"{QUELLSTADT},{LUMBERTON}\n"
    + "Jakarta,Indonesia,-6.2,106.8,Rotterdam,Netherlands,51.92,4.48\n"  # bundled
    + f"{QUELLSTADT},{QUELLSTADT}\n"
    + f"{LUMBERTON},Nowhere,Atlantis,10,10\n"
)


def test_a_table_becomes_a_layer(bench: Bench) -> None:
    """The file's pairs stand in the layer, with where they come from."""
    answer = bench.bring(ONE_PAIR).json
    assert bench.pairs() == [("Merstein", "Quellstadt")]
    pair = bench.pair()
    assert (pair["id"], pair["kind"], pair["status"]) == ("merstein-quellstadt", "sister", "unknown")
    (source,) = bench.layer()["sources"]
    assert source["title"] == "mine.csv"
    assert source["url"].startswith("file:///")
    assert source["url"].endswith("/mine.csv")
    assert answer["name"] == "mine"
    assert answer["path"] == str(bench.folder / "mine.json")


def test_every_row_is_accounted_for(bench: Bench) -> None:
    """What was read is what was added, merged or rejected, and each count says what it counts."""
    answer = bench.bring(MANY).json
    counts = {key: answer[key] for key in ("read", "added", "merged", "rejected", "known", "kept", "repeated", "pairs")}
    assert counts == {
        "read": 6, "added": 2, "merged": 2, "rejected": 2, "known": 1, "kept": 0, "repeated": 1, "pairs": 3,
    }  # fmt: skip


def test_every_rejected_row_is_in_the_report(bench: Bench) -> None:
    """The report beside the layer has each rejected row with its line number and the reason."""
    answer = bench.bring(MANY).json
    assert answer["report"] == str(bench.folder / "mine.rejected.tsv")
    report = bench.report()
    assert [line for line, __, ___ in report] == ["6", "7"]
    assert report[0][1] == "pairs a city with itself"
    assert report[1][1] == 'no country called "Atlantis"'
    assert "Nowhere" in report[1][2]
    assert answer["reasons"] == [
        {"reason": "pairs a city with itself", "count": 1, "lines": [6]},
        {"reason": 'no country called "Atlantis"', "count": 1, "lines": [7]},
    ]


def test_a_file_without_faults_has_no_report(bench: Bench) -> None:
    """The report of an earlier import goes when nothing is rejected any more."""
    bench.bring(MANY)
    assert bench.bring(ONE_PAIR).json["report"] is None
    assert set(bench.state()) == {"mine.json"}


def test_the_answer_is_as_published(bench: Bench) -> None:
    """The JSON of import and remove validates against the published schemas."""
    jsonschema.validate(bench.bring(MANY).json, json_schema("data import"))
    jsonschema.validate(bench.place.run("data", "remove", "mine").json, json_schema("data remove"))


def test_a_layer_is_a_sound_file_in_the_canonical_layout(bench: Bench) -> None:
    """A layer is a data file like the bundled one: it loads, and ``data check`` finds no error in it."""
    bench.bring(MANY)
    path = bench.folder / "mine.json"
    text = path.read_text("utf-8")
    assert canonical_text(Dataset.model_validate_json(text)) == text
    result = bench.place.run("data", "check", str(path))
    assert result.status == 0
    # That its source is a file, which nobody else can read, is all that is to be said against it.
    assert [problem["field"] for problem in result.json] == ["url"]


def test_a_second_import_changes_nothing(bench: Bench) -> None:
    """The same file again: the layer is not even written, and all its rows were there before."""
    bench.bring(MANY)
    before, path = bench.state(), bench.folder / "mine.json"
    os.utime(path, (1, 1))
    answer = bench.bring(MANY).json
    assert bench.state() == before
    assert path.stat().st_mtime == 1
    assert (answer["changed"], answer["added"], answer["kept"], answer["removed"]) == (False, 0, 2, 0)
    assert answer["read"] == answer["merged"] + answer["rejected"]


def test_a_file_that_is_only_younger_changes_nothing(bench: Bench) -> None:
    """The day of a file is written into its layer, and is no reason to replace it."""
    path = bench.write(ONE_PAIR)
    os.utime(path, (0, 0))
    bench.place.run("data", "import", path)
    before = bench.state()
    assert bench.layer()["date"] == "1970-01-01"
    os.utime(path, (86400 * 400, 86400 * 400))
    assert bench.place.run("data", "import", path).json["changed"] is False
    assert bench.state() == before


def test_a_changed_file_replaces_its_layer(bench: Bench) -> None:
    """What a file has no longer, its layer has no longer either, and the answer says so."""
    bench.bring(MANY)
    answer = bench.bring(HEADER + f"{QUELLSTADT},{MERSTEIN}\n{MERSTEIN},{LUMBERTON}\n").json
    assert bench.pairs() == [("Lumbriz", "Merstein"), ("Merstein", "Quellstadt")]
    # Gone are Quellstadt with Lumbriz, and the bundled pair.
    assert (answer["added"], answer["kept"], answer["removed"]) == (1, 1, 2)


def test_a_dry_run_tells_and_changes_nothing(bench: Bench) -> None:
    """``--dry-run`` gives the same account and leaves no file behind."""
    answer = bench.bring(MANY, "--dry-run").json
    assert (answer["read"], answer["added"], answer["rejected"]) == (6, 2, 2)
    assert (answer["dry_run"], answer["changed"], answer["report"]) == (True, False, None)
    assert answer["reasons"]
    assert bench.state() == {}


def test_a_layer_is_called_what_one_wants(bench: Bench) -> None:
    """``--name`` names the layer; else the file's name does, as far as a name can be made of it."""
    assert bench.bring(ONE_PAIR, "--name", "my_own-2").json["name"] == "my_own-2"
    assert bench.bring(ONE_PAIR, name="Städte & Pairs (2026).csv").json["name"] == "st-dte-pairs-2026"
    assert set(bench.state()) == {"my_own-2.json", "st-dte-pairs-2026.json"}


def test_what_cannot_be_a_name_is_refused(bench: Bench) -> None:
    """A name that leads elsewhere, or belongs to the bundled data, is refused in one sentence."""
    for name in ("../evil", "Upper", "", "-x", "a" * 42, "bundled", ".hidden", "a/b", "a\n"):
        result = bench.bring(ONE_PAIR, "--name", name)
        assert result.status == 2, name
        assert result.stderr.count("\n") == 1
    assert bench.bring(ONE_PAIR, name="東京.csv").status == 2
    assert bench.state() == {}


def test_stdin_is_imported_under_a_name(place: Place, bench: Bench) -> None:
    """``-`` reads a pipe; such a layer needs ``--name``."""
    assert "--name" in place.run("data", "import", "-", stdin=ONE_PAIR.encode()).stderr
    answer = place.run("data", "import", "-", "--name", "piped", stdin=ONE_PAIR.encode()).json
    assert (answer["file"], answer["added"]) == ("stdin", 1)
    assert bench.pairs("piped") == [("Merstein", "Quellstadt")]


def test_people_are_told_what_became_of_the_rows(bench: Bench) -> None:
    """On a terminal: counts and what they mean, reasons with their lines, where the report lies, what to do next."""
    path = bench.write(MANY)
    result = bench.place.table("data", "import", path, width=300)
    assert f"6 rows of {path}" in result.stdout
    assert "1 in the bundled data, 1 named more than once" in result.stdout
    assert 'no country called "Atlantis"  (line 7)' in result.stdout
    assert str(bench.folder / "mine.rejected.tsv") in result.stdout
    assert "twincli list --origin mine" in result.stderr
    assert "twincli data remove mine" in result.stderr
    again = bench.place.table("data", "import", path, width=300)
    assert "as it was before" in again.stdout
    assert again.stderr == ""
    assert "dry run" in bench.place.table("data", "import", path, "--dry-run").stdout


def test_people_are_told_in_indonesian(bench: Bench) -> None:
    """The account and the reasons speak the language chosen; the report, for programs, stays English."""
    result = bench.bring(MANY, "--format", "table", "--lang", "id")
    assert "6 baris dari" in result.stdout
    assert "memasangkan kota dengan dirinya sendiri  (baris 6)" in result.stdout
    assert bench.report()[0][1] == "pairs a city with itself"


def test_an_imported_pair_answers_beside_the_bundled_ones(bench: Bench) -> None:
    """After an import the city has an answer, which says where it comes from; after its removal it has none."""
    assert bench.place.run("show", "Quellstadt").status == 1
    bench.bring(MANY)
    shown = bench.place.run("show", "Quellstadt").json
    assert [pair["origin"] for pair in shown["pairs"]] == ["mine", "mine"]
    assert {pair["confidence"] for pair in shown["pairs"]} == {"low"}
    listed = bench.place.run("list", "--origin", "mine").json
    assert {pair["id"] for pair in listed} == {"merstein-quellstadt", "lumbriz-quellstadt"}
    bench.place.run("data", "remove", "mine")
    assert bench.place.run("show", "Quellstadt").status == 1


def test_a_bundled_pair_keeps_its_id_and_its_record(bench: Bench, bundled: dict[str, Any]) -> None:
    """A pair that the bundled data has too is the same pair, with the same cities, and answers as it did before."""
    before = bench.place.run("show", "Jakarta", "Rotterdam").json
    bench.bring(MANY)
    layer = bench.layer()
    (pair,) = [pair for pair in layer["pairs"] if "jakarta-id" in pair["cities"]]
    assert pair["id"] in {pair["id"] for pair in bundled["pairs"]}
    assert bench.place.run("show", "Jakarta", "Rotterdam").json == before


def test_the_account_has_every_form(bench: Bench) -> None:
    """The answer is one record in JSON, JSON Lines, CSV, TSV and Markdown."""
    path = bench.write(MANY)
    assert json.loads(bench.place.run("data", "import", path, "--format", "jsonl").stdout)["name"] == "mine"
    for form in ("csv", "tsv"):
        header, row = bench.place.run("data", "import", path, "--format", form).lines
        assert len(header.split(",")) > 5 or len(header.split("\t")) > 5
        assert "mine" in row
    assert "mine" in bench.place.run("data", "import", path, "--format", "markdown").stdout
