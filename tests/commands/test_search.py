"""``twincli search``: anything that fits a text, best first, with the command that opens it."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
import unicodedata
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tests.conftest import Place, Write
from twincli.dataset.published import json_schema
from twincli.text import fold
from twincli.vocabulary import EntryType, Field

Hit = dict[str, Any]


def found(place: Place, *arguments: str) -> list[Hit]:
    """Return the hits of a search."""
    result = place.run("search", *arguments)
    assert result.status == 0, result.stderr
    hits: list[Hit] = result.json
    return hits


def ids(hits: list[Hit], sort: str) -> list[str]:
    """Return the ids of the hits of one sort, best first."""
    return [hit["id"] for hit in hits if hit["type"] == sort]


# --- what is found ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "sort", "wanted"),
    [
        ("Rotterdam", "city", "rotterdam-nl"),
        ("Batavia", "city", "jakarta-id"),  # a former name
        ("Kairo", "city", "cairo-eg"),  # Indonesian
        ("Jogjakarta", "city", "yogyakarta-id"),  # another spelling
        ("newyork", "city", "new-york-city-us"),
        ("Belanda", "country", "NL"),
        ("Nederland", "country", "NL"),
        ("nld", "country", "NL"),
        ("Africa", "region", "002"),
        ("Afrika", "region", "002"),
        ("pelabuhan", "field", "port"),
        ("smart city", "field", "smart-city"),
        ("manfaat", "topic", "benefits"),
        ("Jakarta Rotterdam", "pair", "jakarta-rotterdam"),
    ],
)
def test_anything_is_found_by_any_of_its_names(place: Place, text: str, sort: str, wanted: str) -> None:
    """Cities, countries, regions, fields, topics and pairs, by names of either language, former or foreign ones."""
    assert ids(found(place, text), sort)[0] == wanted


def test_every_city_is_found_by_its_name(place: Place, bundled: dict[str, Any]) -> None:
    """The name of each city finds it, whatever letters it has (a sample of all)."""
    for city in bundled["cities"][::60]:
        assert city["id"] in ids(found(place, city["name"], "--type", "city"), "city"), city["name"]


def test_a_note_on_a_pair_is_found(place: Place, bundled: dict[str, Any]) -> None:
    """Words of a pair's note, in English or Indonesian, find the pair."""
    noted = [pair for pair in bundled["pairs"] if pair.get("note", {}).get("id")][::30]
    assert noted
    for pair in noted:
        for note in (pair["note"]["en"], pair["note"]["id"]):
            words = " ".join(re.findall(r"\w+", note)[:12])
            assert pair["id"] in ids(found(place, words, "--type", "pair"), "pair"), words


def test_the_title_of_a_source_is_found(place: Place, bundled: dict[str, Any]) -> None:
    """A source's title finds it, with its address and a pair that it speaks of."""
    for source in bundled["sources"][::150]:
        words = " ".join(re.findall(r"\w+", source["title"])[:12])
        hits = {hit["id"]: hit for hit in found(place, words, "--type", "source")}
        assert hits[source["id"]]["url"] == source["url"]
        assert hits[source["id"]]["pairs"] >= 1


def test_a_word_of_a_notes_body_finds_the_topic(place: Place) -> None:
    """The text of a note is searched too, not its title alone, and the passage is shown."""
    body = place.run("explain", "water").json["body"]["en"]
    word = max(re.findall(r"\b[a-z]{9,}\b", body), key=len)
    (hit,) = (hit for hit in found(place, word) if hit["id"] == "water")
    assert word in fold(hit["excerpt"]["en"])


def test_diacritics_and_case_do_not_matter(place: Place) -> None:
    """Reykjavík is one city however it is typed."""
    answers = [ids(found(place, text), "city") for text in ("Reykjavík", "reykjavik", "REYKJAVIK", "Reykjavi\u0301k")]
    assert answers[0]
    assert all(answer == answers[0] for answer in answers)


def test_letters_that_unicode_does_not_decompose_are_typed_plainly(place: Place) -> None:
    """Łódź and Tromsø are found by lodz and tromso."""
    assert "lodz-pl" in ids(found(place, "lodz"), "city")
    assert "tromso-no" in ids(found(place, "tromso"), "city")


def test_words_may_stand_in_any_order_and_in_different_places(place: Place) -> None:
    """All words must fit one thing: a city with its country, in either order, with or without quotation marks."""
    for words in (["Toledo", "Spain"], ["Spain Toledo"], ["spanyol toledo"]):
        assert ids(found(place, *words), "city") == ["toledo-es"]


def test_a_country_alone_does_not_list_its_cities(place: Place) -> None:
    """What a city lies in tells it from another, and is no reason to find it."""
    hits = found(place, "Indonesia")
    assert "jakarta-id" not in ids(hits, "city")
    assert ids(hits, "country")[0] == "ID"


def test_a_beginning_finds_the_whole_word_after_the_word_itself(place: Place) -> None:
    """``yogya`` finds Yogyakarta; the city called Paris stands before those that are in Paris."""
    assert ids(found(place, "yogya"), "city")[0] == "yogyakarta-id"
    assert ids(found(place, "paris"), "city")[0] == "paris-fr"


# --- typing errors, and nothing ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "wanted", "meant"),
    [
        ("yogjakarta", "yogyakarta-id", "yogyakarta"),
        ("roterdam", "rotterdam-nl", "rotterdam"),
        ("surabya", "surabaya-id", "surabaya"),
        ("kitakyuhsu japan", "kitakyushu-jp", "kitakyushu japan"),
    ],
)
def test_a_typing_error_still_finds(place: Place, typed: str, wanted: str, meant: str) -> None:
    """The nearest words are searched for instead, which is said on stderr and in every hit."""
    result = place.run("search", typed)
    assert ids(result.json, "city")[0] == wanted
    assert all(hit["searched"] == meant for hit in result.json)
    assert typed.split(maxsplit=1)[0] in result.stderr
    assert meant.split(maxsplit=1)[0] in result.stderr


def test_what_is_found_is_not_mended(place: Place) -> None:
    """A text that something has is searched for as it is, and nothing is said."""
    result = place.run("search", "Rotterdam")
    assert not result.stderr
    assert all(hit["searched"] == "rotterdam" for hit in result.json)


def test_where_nothing_has_all_words_some_are_enough(place: Place) -> None:
    """Words that no one thing has are searched for one by one, and the reader is told."""
    result = place.run("search", "Reykjavik Semarang")
    assert {"reykjavik-is", "semarang-id"} <= set(ids(result.json, "city"))
    assert "Nothing has all these words" in result.stderr


def test_nothing_is_an_answer_too(place: Place) -> None:
    """Where nothing fits, an empty array, a sentence on stderr and status 0."""
    result = place.run("search", "qqqqqqqqqqqqqqqq")
    assert (result.status, result.json) == (0, [])
    assert 'Nothing is found for "qqqqqqqqqqqqqqqq".' in result.stderr
    assert not place.table("search", "qqqqqqqqqqqqqqqq").stdout


@pytest.mark.parametrize("arguments", [[], [""], ["  "], ["!?"], ["\u202e"]])
def test_an_empty_text_is_wrong_usage_with_an_example(place: Place, arguments: list[str]) -> None:
    """Without a word there is nothing to search for; the sentence shows how it is done."""
    result = place.run("search", *arguments)
    assert (result.status, result.stdout) == (2, "")
    assert "twincli search water" in result.stderr


@pytest.mark.parametrize(
    "text",
    [
        '"', '"water', "water*", "*", "(", "a OR", "OR", "AND NOT", "NEAR(water, 2)", "{name}: water", "name:water",
        "^water", "water + port", "- water", "key : x", "';--", "a" * 5000, "water " * 500, "\x00water", "%", "\\",
    ],
)  # fmt: skip
def test_the_search_engines_own_signs_mean_nothing(place: Place, text: str) -> None:
    """Whatever is typed is words: no sign or operator of the search engine reaches it."""
    result = place.run("search", "--", text)
    assert result.status in {0, 2}
    assert not re.search(r"fts5|sql|syntax|no such column", result.stderr, re.IGNORECASE)


@given(text=st.text(max_size=40))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_answered(steady: Place, text: str) -> None:
    """Any text gives hits, nothing, or the sentence that there is nothing to search for."""
    result = steady.run("search", "--", text)
    assert result.status == (0 if fold(text) else 2)
    if result.status == 0:
        assert isinstance(result.json, list)


# --- the answer -------------------------------------------------------------------------------------------------


def test_the_json_is_as_published(place: Place) -> None:
    """The hits of every sort hold to the published schema."""
    validator = Draft202012Validator(json_schema("search"))
    sorts = set()
    for text in ("water", "Jakarta", "Belanda", "Asia", "Batavia", "pelabuhan surabaya", "roterdam"):
        hits = found(place, text)
        validator.validate(hits)
        sorts |= {hit["type"] for hit in hits}
    assert sorts == set(EntryType)


def test_hits_come_best_first(place: Place) -> None:
    """Scores never rise down the list, and two runs give the same bytes."""
    first, again = (place.run("search", "water management") for __ in range(2))
    scores = [hit["score"] for hit in first.json]
    assert scores == sorted(scores, reverse=True)
    assert first.stdout == again.stdout


def test_json_does_not_depend_on_the_language(place: Place) -> None:
    """Both languages are in the JSON, whichever is spoken."""
    english, indonesian = (place.run("search", "Moskwa", "--lang", lang).stdout for lang in ("en", "id"))
    assert english == indonesian
    hit = found(place, "Moskwa", "--type", "city")[0]
    assert hit["name"] == {"en": "Moscow", "id": "Moskwa"}
    assert hit["context"] == {"en": "Russia", "id": "Rusia"}


def test_the_command_of_every_hit_opens_it(place: Place) -> None:
    """Each hit's command runs, and shows the city, pair, note or pairs that were found."""
    seen = set()
    for text in ("Toledo", "Belanda", "Southeast Asia", "water", "Saint Petersburg", "Xi'an"):
        for hit in found(place, text, "-n", "2"):
            program, *arguments = shlex.split(hit["command"])
            assert program == "twincli"
            opened = place.run(*arguments)
            assert opened.status == 0, (hit["command"], opened.stderr)
            seen.add(hit["type"])
            if hit["type"] == "city":
                assert opened.json["city"]["id"] == hit["id"]
                assert len(opened.json["pairs"]) == hit["pairs"]
            elif hit["type"] == "pair":
                assert opened.json["pair"]["id"] == hit["id"]
            elif hit["type"] == "topic":
                assert opened.json["id"] == hit["id"]
            elif hit["type"] == "source":
                assert hit["id"] in {source["id"] for source in opened.json["pair"]["sources"]}
            else:
                assert len(opened.json) == hit["pairs"]
    assert seen == set(EntryType)


def test_a_field_counts_its_pairs(place: Place, bundled: dict[str, Any]) -> None:
    """A field says how many pairs work in it, in the data at hand."""
    for field in (Field.WATER, Field.SMART_CITY):
        (hit,) = (hit for hit in found(place, field.value, "--type", "field") if hit["id"] == field)
        assert hit["pairs"] == sum(field in pair.get("fields", []) for pair in bundled["pairs"])


def test_one_sort_and_a_limit_can_be_asked_for(place: Place) -> None:
    """``--type`` keeps the sorts named; ``--limit`` keeps so many of each, the best ones; in a pipe all come."""
    every = found(place, "Jakarta")
    assert {hit["type"] for hit in found(place, "Jakarta", "--type", "pair", "--type", "topic")} == {"pair", "topic"}
    limited = found(place, "Jakarta", "-n", "2")
    for sort in EntryType:
        assert ids(limited, sort) == ids(every, sort)[:2]
    assert found(place, "Jakarta", "-n", "0") == every


def test_spreadsheets_get_a_row_a_hit(place: Place) -> None:
    """CSV has a stable header and a row for each hit of the JSON."""
    rows = list(csv.DictReader(io.StringIO(place.run("search", "water", "--format", "csv").stdout)))
    hits = found(place, "water")
    assert [row["id"] for row in rows] == [hit["id"] for hit in hits]
    assert list(rows[0])[:4] == ["type", "score", "id", "name"]
    assert [float(row["score"]) for row in rows] == [hit["score"] for hit in hits]


@pytest.mark.parametrize("name", ["jsonl", "tsv", "markdown"])
def test_other_forms_have_a_line_a_hit(place: Place, name: str) -> None:
    """Each format gives each hit once."""
    heading = {"jsonl": 0, "tsv": 1, "markdown": 2}[name]
    assert len(place.run("search", "water", "--format", name).lines) - heading == len(found(place, "water"))


# --- on a terminal ----------------------------------------------------------------------------------------------


def test_hits_are_grouped_and_cut_and_say_so(place: Place) -> None:
    """On a terminal hits stand by sort, a few of each, with how many there are and how to see the rest."""
    lines = place.table("search", "Jakarta").lines
    every = found(place, "Jakarta")
    headings = [line for line in lines if line and not line.startswith(" ") and not line.startswith("--limit")]
    assert headings[0] == "Cities"
    assert f"Pairs (5 of {len(ids(every, 'pair'))})" in headings
    assert len(headings) == len({hit["type"] for hit in every})
    assert lines[-1] == "--limit 0 shows all; --type shows one sort."
    whole = place.table("search", "Jakarta", "-n", "0").lines
    assert "Pairs" in whole
    assert "--limit 0 shows all; --type shows one sort." not in whole


def test_the_words_found_are_marked(place: Place) -> None:
    """With colours the words are bold and underlined, without in asterisks; nothing else is marked."""
    plain = place.table("search", "reykjavik", "--type", "city").stdout
    assert "*Reykjavík*, Iceland" in plain
    coloured = place.run("search", "reykjavik", "--type", "city", tty=True).stdout
    assert "\x1b[1;4mReykjavík\x1b[0m" in coloured
    assert "*" not in coloured


def test_a_name_of_several_words_is_marked_as_one(place: Place) -> None:
    """New York is one mark, not two."""
    assert "*New York* City" in place.table("search", "york new", "--type", "city").stdout


def test_another_name_is_shown_where_it_was_the_one_found(place: Place) -> None:
    """Who searches for Batavia sees why Jakarta comes."""
    assert "Jakarta, Indonesia = *Batavia*" in place.table("search", "Batavia").stdout


def test_the_language_spoken_is_that_of_names_and_passages(place: Place) -> None:
    """Indonesian shows Indonesian names, headings and passages; a passage of the other language is marked so."""
    indonesian = place.table("search", "manfaat", "--lang", "id").stdout
    assert "Manfaat" in indonesian
    assert "Topik" in indonesian
    english = place.table("search", "pelabuhan", "--type", "topic").stdout
    assert "*pelabuhan*" in english
    assert "[id]" in english


@pytest.mark.parametrize("width", [40, 80, 120, 200])
def test_nothing_is_wider_than_the_terminal(place: Place, width: int) -> None:
    """Names, passages and commands are folded, never cut."""
    result = place.table("search", "water", "port", "-n", "0", width=width)
    assert max(map(len, result.lines)) <= width
    squeezed = re.sub(r"\s+", "", result.stdout)
    for hit in found(place, "water port"):
        assert re.sub(r"\s+", "", hit["command"]) in squeezed


def test_data_cannot_act_on_the_terminal(place: Place, small: dict[str, Any], write: Write) -> None:
    """Markup stays text; names and notes with control characters do not load, and titles come out clean."""
    small["pairs"][0]["note"] = {"en": "A waterfall [red]of[/red] :smile: <script>."}
    path = str(write(small))
    shown = place.table("search", "waterfall", "--data", path).stdout
    assert "[red]of[/red] :smile: <script>" in shown


def test_other_data_is_searched_alone(place: Place, small: dict[str, Any], write: Write) -> None:
    """With ``--data`` the cities and pairs of that file are found, and no others; notes on topics are."""
    path = str(write(small))
    assert ids(found(place, "Rotterdam", "--data", path), "city") == ["rotterdam-nl"]
    assert not ids(found(place, "Reykjavik", "--data", path), "city")
    assert ids(found(place, "water", "--data", path), "topic")


def test_a_command_in_other_data_opens_its_hit(place: Place, small: dict[str, Any], write: Write) -> None:
    """With ``--data`` the command names the file too, however it is called; pasted, it answers."""
    path = write(small).rename(place.folder / "my 'own' data.json")
    for hit in found(place, "Rotterdam", "--data", str(path)):
        pasted = place.shell(hit["command"])
        assert pasted.returncode == 0, hit["command"]
        assert not pasted.stderr


def test_the_command_of_a_hit_is_never_broken(place: Place) -> None:
    """What is to be pasted stands in one piece, however narrow the terminal."""
    hits = place.run("search", "water", "--type", "pair").json
    shown = [line.strip() for line in place.table("search", "water", "--type", "pair", width=40).lines]
    assert [hit["command"] for hit in hits if hit["command"] not in shown] == []


def test_the_name_of_the_file_cannot_act_on_a_terminal(place: Place, small: dict[str, Any]) -> None:
    """A file may be called anything; the commands that name it hold no control character."""
    path = place.folder / "odd\x91\x1b[31mname.json"
    path.write_text(json.dumps(small), "utf-8")
    result = place.run("search", "benefits", "--data", str(path), "--format", "jsonl")
    assert result.lines
    assert not any(unicodedata.category(letter) == "Cc" for letter in result.stdout.replace("\n", ""))


@pytest.mark.parametrize("text", ["sister city Jakarta", "kota kembar Jakarta", "twin cities of Jakarta"])
def test_a_city_is_found_beside_words_that_every_city_has(place: Place, text: str) -> None:
    """What people type first: the city comes first, and it is said what was searched for."""
    result = place.run("search", text)
    assert (result.json[0]["type"], result.json[0]["id"]) == ("city", "jakarta-id")
    assert result.stderr == "Every city here is a twin city, so that these words are searched for: jakarta.\n"


@pytest.mark.parametrize("text", ["twin cities", "sister city agreement", "city of Jakarta", "kota Bandung"])
def test_words_that_say_more_are_searched_for(place: Place, text: str) -> None:
    """Where the rest names no place, or nothing speaks of twinning, all words count."""
    result = place.run("search", text)
    assert result.json
    assert "Every city" not in result.stderr
