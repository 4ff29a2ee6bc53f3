"""``twincli data import``: a file becomes a layer, and every row is accounted for."""

from __future__ import annotations

import json
import os
from typing import Any

import jsonschema
import pytest

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


TOLD = HEADER.strip() + ",since,until,status,kind,fields,note\n"


def test_a_kind_that_two_places_cannot_have_costs_its_row(bench: Bench) -> None:
    """No border twins 500 km apart, no twin capitals in two countries: the row is rejected, with the reason."""
    near = "Grenzstein,Austria,50.2,10.0"
    rows = [
        f"{QUELLSTADT},{MERSTEIN},,,,border,,",
        f"{QUELLSTADT},{MERSTEIN},,,,conurbation,,",
        f"{QUELLSTADT},{near},,,,capital,,",
        f"{QUELLSTADT},{near},,,,border,,",
    ]
    bench.bring(TOLD + "\n".join(rows))
    reasons = [reason for __, reason, ___ in bench.report()]
    assert reasons[0].startswith("is border, but the cities are ")
    assert reasons[1].startswith("is conurbation, but the cities are ")
    assert reasons[2] == "is capital, but the cities lie in DE and AT"
    assert bench.pair()["kind"] == "border"
    assert bench.place.run("list", "--origin", "mine").status == 0


def test_a_kind_is_not_taken_from_a_second_row_either_where_it_cannot_be(bench: Bench) -> None:
    """The pair stays what the first row made it, and every command still answers."""
    bench.bring(TOLD + f"{QUELLSTADT},{MERSTEIN},1990,,,,,\n{MERSTEIN},{QUELLSTADT},,,,border,,\n")
    assert [line for line, __, ___ in bench.report()] == ["3"]
    assert (bench.pair()["kind"], bench.pair()["since"]) == ("sister", "1990")
    assert bench.place.run("list", "--origin", "mine").status == 0


def test_a_kind_must_fit_where_the_bundled_data_puts_a_city(bench: Bench, bundled: dict[str, Any]) -> None:
    """Two cities are shown where the bundled data has them, so that is where they must be neighbours too."""
    city = next(city for city in bundled["cities"] if city["id"] == "jakarta-id")
    # Near enough to be taken for Jakarta, and 145 km from the other; Jakarta itself is further away.
    row = f"Jakarta,Indonesia,{city['lat'] - 0.2},{city['lon']},Ujungkota,Indonesia,{city['lat'] - 1.5},{city['lon']}"
    result = bench.bring(TOLD + f"{row},,,,border,,\n{QUELLSTADT},{MERSTEIN},,,,,,\n")
    assert result.json["rejected"] == 1
    assert bench.place.run("list", "--origin", "mine").status == 0


def test_a_pair_is_told_of_by_all_its_rows(bench: Bench) -> None:
    """What only a later row tells is added, key by key; what an earlier one told stays."""
    rows = [
        f"{QUELLSTADT},{MERSTEIN},,,,,culture,",
        f"{MERSTEIN},{QUELLSTADT},1990,2001,,friendship,culture; port,Signed twice.",
        f"{QUELLSTADT},{MERSTEIN},1991,,,,,Never signed.",
    ]
    assert bench.bring(TOLD + "\n".join(rows)).json["repeated"] == 2
    pair = bench.pair()
    assert (pair["since"], pair["until"], pair["status"], pair["kind"]) == ("1990", "2001", "ended", "friendship")
    assert (pair["fields"], pair["note"]) == (["culture", "port"], {"en": "Signed twice."})


def test_an_end_before_the_beginning_ends_nothing(bench: Bench) -> None:
    """Where a second row's end is dropped for contradicting the first, so is that the pair has ended."""
    bench.bring(TOLD + f"{QUELLSTADT},{MERSTEIN},1990,,,,,\n{QUELLSTADT},{MERSTEIN},,1980,,,,\n")
    pair = bench.pair()
    assert (pair["since"], pair.get("until"), pair["status"]) == ("1990", None, "unknown")


def test_an_end_is_taken_where_nothing_was_known(bench: Bench) -> None:
    """That the status is unknown contradicts no end; that the pair was suspended stays."""
    bench.bring(TOLD + f"{QUELLSTADT},{MERSTEIN},1990,,unknown,,,\n{QUELLSTADT},{MERSTEIN},,2001,suspended,,,\n")
    pair = bench.pair()
    assert (pair["until"], pair["status"]) == ("2001", "suspended")


def test_fields_are_known_by_any_spelling(bench: Bench) -> None:
    """By value and by name in both languages; the others are left out, and it is said which."""
    result = bench.bring(TOLD + f'{QUELLSTADT},{MERSTEIN},,,,,"Smart City; PENDIDIKAN; urban planning; knitting",\n')
    assert bench.pair()["fields"] == ["smart-city", "education", "urban-planning"]
    assert result.stderr == "Note: fields left out, which are none of ours: knitting\n"


def test_a_date_of_two_readings_is_told_of(bench: Bench) -> None:
    """Of 03/04/1986 only the year is kept, which is said; 25/04/1986 and 04/04/1986 have one reading."""
    others = [f"Ort {place},Germany,5{place},9" for place in range(3)]
    dates = ("03/04/1986", "25/04/1986", "04/04/1986")
    rows = [f"{QUELLSTADT},{other},{day},,,,,\n" for other, day in zip(others, dates, strict=True)]
    result = bench.bring(TOLD + "".join(rows))
    assert result.stderr == "Note: 1 date can be read in two ways, 03/04/1986: only its year is kept.\n"
    assert sorted(pair["since"] for pair in bench.layer()["pairs"]) == ["1986", "1986-04-04", "1986-04-25"]


def test_a_note_may_have_line_breaks(bench: Bench) -> None:
    """A cell of several lines is a note of one."""
    bench.bring(TOLD + f'{QUELLSTADT},{MERSTEIN},,,,,,"Signed\ntwice,\n  with a break."\n')
    assert bench.pair()["note"] == {"en": "Signed twice, with a break."}


def test_a_note_that_cannot_stand_is_rejected_for_what_is_wrong_with_it(bench: Bench) -> None:
    """Too long, or with a character that could act on a terminal: the report says which, in either language."""
    long, row = "x" * 2001, f"{QUELLSTADT},{MERSTEIN},,,,,,"
    result = bench.bring(f"{TOLD}{row}{long}\n{row}a\u202eb\n{LUMBERTON},{MERSTEIN},,,,,,\n")
    assert [reason for __, reason, ___ in bench.report()] == [
        "a note whose en is longer than 2000 characters",
        "its note holds the invisible or control character U+202E",
    ]
    assert result.json["added"] == 1


@pytest.mark.parametrize("says", ["", "  ", "word " * 500])
def test_what_a_source_says_may_be_nothing_or_too_much(bench: Bench, small: dict[str, Any], says: str) -> None:
    """It is said that it is a reference, or what it says is cut: either way every command answers."""
    for pair in small["pairs"]:
        pair["sources"] = [{"source": pair["sources"][0]["source"], "says": says}]
    bench.bring(json.dumps(small), name="mine.json")
    told = [statement["says"] for pair in bench.layer()["pairs"] for statement in pair["sources"]]
    assert all(text and len(text) <= 2000 for text in told)
    assert bench.place.run("list", "--data", str(bench.folder / "mine.json")).status == 0


def test_a_planned_end_is_none_yet(bench: Bench) -> None:
    """An agreement for a fixed term goes on until then: its status stays, and the reader is told."""
    rows = f"{QUELLSTADT},{MERSTEIN},2022,2099,active,,,\n{QUELLSTADT},Ort,Germany,50.9,9.9,2022,2099-06,,,,\n"
    result = bench.bring(TOLD + rows)
    assert "2 ends that are planned" in result.stderr
    assert [(pair.get("until"), pair["status"]) for pair in bench.layer()["pairs"]] == [
        (None, "active"),
        (None, "unknown"),
    ]


def test_rows_that_contradict_each_other_are_told_of(bench: Bench) -> None:
    """The earlier row stands; a year and a day within it, or what only one of them tells, contradict nothing."""
    pair = f"{QUELLSTADT},{MERSTEIN}"
    agreeing = f"{pair},1990,,active,,,\n{pair},1990-05,,,sister,,\n"
    assert bench.bring(TOLD + agreeing).stderr == ""
    result = bench.bring(TOLD + agreeing + f"{pair},1995,,,,,\n")
    assert result.stderr.startswith("Note: 1 row contradicts an earlier one of the same pair, in line 4")
    assert bench.pair()["since"] == "1990"


def test_what_is_no_address_is_told_of(bench: Bench) -> None:
    """Where references should stand, words and other schemes are left out, which is said."""
    rows = "".join(
        f"Ort {place},Germany,5{place},9,{MERSTEIN},{source}\n"
        for place, source in enumerate(("javascript:alert(1)", "the city archive", "", "https://example.org/a"))
    )
    result = bench.bring(f"{HEADER.strip()},source\n{rows}")
    assert result.stderr.startswith("Note: 2 sources are no web addresses, such as ")
    assert {source["url"] for source in bench.layer()["sources"] if not source["url"].startswith("file:")} == {
        "https://example.org/a"
    }


def test_reasons_of_one_sort_are_told_as_such(bench: Bench) -> None:
    """Where the reasons of a group differ, the one that is shown is an example."""
    rows = "".join(
        f"Ort {place},Germany,5{place},9,{MERSTEIN},{day},,,,,\n" for place, day in enumerate(("1990s", "soon", "1990"))
    )
    shown = bench.bring(TOLD + rows, "--format", "table").stdout
    assert "2 × since is no date: 1990s, or the like" in " ".join(shown.split())


def test_the_words_of_answers_are_understood(bench: Bench) -> None:
    """Kinds and statuses as twincli itself says them, in both languages."""
    words = [("sister city", "dormant"), ("kota persahabatan", "tidak berjalan"), ("proyek", "tidak diketahui")]
    rows = "".join(
        f"Ort {place},Germany,5{place},9,{MERSTEIN},,,{status},{kind},,\n" for place, (kind, status) in enumerate(words)
    )
    assert bench.bring(TOLD + rows).stderr == ""
    assert {(pair["kind"], pair["status"]) for pair in bench.layer()["pairs"]} == {
        ("sister", "dormant"),
        ("friendship", "dormant"),
        ("project", "unknown"),
    }


def test_a_layer_without_pairs_of_its_own_is_not_pointed_to(bench: Bench) -> None:
    """What the bundled data has too is of its origin, so that ``list --origin`` would show nothing."""
    row = "city1,country1,city2,country2\nJakarta,Indonesia,Rotterdam,Netherlands\n"
    result = bench.bring(row, "--format", "table")
    assert "--origin" not in result.stderr
    assert "twincli data remove mine" in result.stderr
    assert "--origin mine" in bench.bring(ONE_PAIR, "--format", "table").stderr


@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_a_listing_comes_back_as_it_was(bench: Bench, form: str) -> None:
    """A name or note that a spreadsheet would run is written with an apostrophe, which is no part of it."""
    names = ["=Beta", "+49 Town", "@home", "-Ort;=1", "'s-Gravenort"]
    rows = "".join(f'"{name}",Germany,5{place},9,{MERSTEIN},,,,,,=1+1\n' for place, name in enumerate(names))
    bench.bring(TOLD + rows)
    listing = bench.place.run("list", "--origin", "mine", "--format", form).stdout
    assert "\t=" not in listing.replace(",", "\t")
    bench.bring(listing, "--name", "back", name=f"mine.{form}")
    assert {city["name"] for city in bench.layer("back")["cities"]} == {*names, "Merstein"}
    assert {pair["note"]["en"] for pair in bench.layer("back")["pairs"]} == {"=1+1"}


def test_the_jubilees_of_a_year_come_back_with_their_beginnings(bench: Bench) -> None:
    """In the CSV of ``anniversaries`` the date is that of the jubilee, and not that of the signature."""
    bench.bring(TOLD + f"{QUELLSTADT},{MERSTEIN},1990-05-06,,active,,,\n")
    listing = bench.place.run("anniversaries", "--year", "2030", "--origin", "mine", "--format", "csv").stdout
    bench.bring(listing, "--name", "back", name="jubilees.csv")
    assert bench.pair("back")["since"] == "1990-05-06"


def test_the_report_of_rejected_rows_runs_in_no_spreadsheet(bench: Bench) -> None:
    """It is a table too: what a spreadsheet would run gets an apostrophe."""
    bench.bring(f'{HEADER}"=HYPERLINK(""http://x"")",Narnia,45,3,{MERSTEIN}\n{QUELLSTADT},{MERSTEIN}\n')
    ((__, ___, row),) = bench.report()
    assert row.startswith("'=HYPERLINK")


def test_a_city_at_0_0_is_told_what_that_means(bench: Bench) -> None:
    """Programs write 0, 0 for nothing, and so is it read; the reason says so."""
    bench.bring(f"{HEADER}Zero,Ghana,0,0,{MERSTEIN}\n{QUELLSTADT},{MERSTEIN}\n")
    ((__, reason, ___),) = bench.report()
    assert reason.endswith("its coordinates of 0, 0 stand for none")


def test_the_lines_of_a_file_of_one_line_are_named_once(bench: Bench) -> None:
    """All records of a file without line breaks are on line 1."""
    record = '{"cities": [{"name": "A"}, {"name": "B"}]}'
    good = '{"cities": [{"name": "Jakarta", "country": "ID"}, {"name": "Rotterdam", "country": "NL"}]}'
    result = bench.bring(f"[{record}, {record}, {good}]", name="mine.json")
    assert result.json["reasons"][0]["lines"] == [1]


@pytest.mark.parametrize("words", [["stats"], ["data", "info"]])
def test_other_answers_are_no_files_of_pairs(bench: Bench, words: list[str]) -> None:
    """JSON that has a key called pairs, with a number behind it, is refused for what it is."""
    result = bench.bring(bench.place.run(*words).stdout, name="mine.json")
    assert result.status == 1
    assert "JSON of a kind that cannot be imported" in result.stderr


def test_however_many_contradictions_all_are_counted(bench: Bench) -> None:
    """Only examples are kept of them."""
    pair = f"{QUELLSTADT},{MERSTEIN}"
    rows = f"{pair},1990,,,odd,,\n" + f"{pair},1995,,,odd,,\n" * 1500
    result = bench.bring(TOLD + rows)
    assert "Note: 1,500 rows contradict earlier ones of the same pairs, as in line 3: " in result.stderr
    assert 'Note: 1,501 rows have a kind that is none of ours, such as "odd"' in result.stderr
