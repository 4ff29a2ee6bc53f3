"""Our own JSON, the results of query services, and other lists of records."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.conftest import Place
from tests.layers.importing import Bench

PLACES = {"Quellstadt": ("DE", 50.1, 9.9), "Merstein": ("AT", 47.5, 14.5)}
FOUND = [("Merstein", "Quellstadt")]


def own_file(small: dict[str, Any]) -> dict[str, Any]:
    """Return a data file with a pair that the bundled data has not, and all that a pair can have."""
    city = {"level": "city", "country": "DE", "lat": 50.1, "lon": 9.9}
    quellstadt = {
        "id": "quellstadt-de", "name": "Quellstadt", "names": {"id": "Kota Sumber", "native": ["Kwellstadt"],
        "former": ["Altquell"], "also": ["Quelle"]}, **city, "admin": "Bavaria", "geonames": 900000001,
    }  # fmt: skip
    source = {"id": "own-source", "title": "Partner", "publisher": "City of Quellstadt", "kind": "official"}
    source |= {"url": "https://quellstadt.example/partner", "lang": "de", "date": "2019-04"}
    pair = {
        "id": "jakarta-quellstadt", "cities": ["jakarta-id", "quellstadt-de"], "kind": "friendship",
        "status": "suspended", "since": "1990-02", "until": "2001", "fields": ["culture", "port"],
        "sources": [{"source": "own-source", "says": "Names Jakarta as a friend."}], "disputed": True,
        "note": {"en": "In brief.", "id": "Singkatnya."},
    }  # fmt: skip
    cities = [*small["cities"], quellstadt]
    return {**small, "cities": cities, "sources": [*small["sources"], source], "pairs": [*small["pairs"], pair]}


def test_a_data_file_is_imported_whole(bench: Bench, small: dict[str, Any]) -> None:
    """Nothing that a data file can hold is lost, ids and sources included; what it says of itself stays."""
    content = own_file(small)
    answer = bench.bring(json.dumps(content), name="mine.json").json
    assert (answer["read"], answer["added"], answer["known"], answer["rejected"]) == (3, 1, 2, 0)
    layer = bench.layer()
    assert {key: layer[key] for key in ("title", "date", "licence", "attribution")} == {
        key: content[key] for key in ("title", "date", "licence", "attribution")
    }
    for section in ("cities", "sources", "pairs"):
        wanted = sorted(content[section], key=lambda record: str(record["id"]))
        assert layer[section] == wanted, section


def test_a_layer_imported_again_is_the_same_layer(bench: Bench, small: dict[str, Any]) -> None:
    """A layer is a data file: imported under another name, it comes out byte for byte."""
    bench.bring(json.dumps(own_file(small)), name="mine.json")
    again = bench.folder / "mine.json"
    assert bench.place.run("data", "import", str(again), "--name", "copy").json["rejected"] == 0
    assert bench.state()["copy.json"] == bench.state()["mine.json"]


@pytest.mark.parametrize("order", [("pairs", "cities", "sources"), ("sources", "pairs", "cities")])
@pytest.mark.parametrize("indent", [None, 2])
def test_a_data_file_may_be_laid_out_in_any_way(
    bench: Bench, small: dict[str, Any], order: tuple[str, ...], indent: int | None
) -> None:
    """Sections in any order, in one line or indented."""
    content = own_file(small)
    head = {key: value for key, value in content.items() if key not in order}
    text = json.dumps({**{key: content[key] for key in order}, **head}, indent=indent)
    assert bench.bring(text, name="mine.json").json["added"] == 1


def test_what_list_gives_can_be_imported(bench: Bench) -> None:
    """JSON, JSON Lines, CSV and TSV of ``list`` go back in, and are the pairs that the bundled data has."""
    pairs = bench.place.run("list", "--country", "Indonesia").json
    for form in ("json", "jsonl", "csv", "tsv"):
        text = bench.place.run("list", "--country", "Indonesia", "--format", form).stdout
        answer = bench.bring(text, name=f"{form}.{form}").json
        assert (answer["read"], answer["known"], answer["rejected"]) == (len(pairs), len(pairs), 0), form
        assert {pair["id"] for pair in bench.layer(form)["pairs"]} == {pair["id"] for pair in pairs}


def test_what_list_gives_keeps_its_sources(bench: Bench) -> None:
    """The JSON of ``list`` brings each source with what it says."""
    bench.bring(bench.place.run("list", "--city", "Coventry", "--with", "Volgograd").stdout, name="mine.json")
    (shown,) = bench.place.run("list", "--city", "Coventry", "--with", "Volgograd").json
    layer = bench.layer()
    sources = {source["id"]: source for source in layer["sources"]}
    kept = [{**sources[told["source"]], "says": told["says"]} for told in bench.pair()["sources"]]
    assert kept == [{key: value for key, value in source.items() if value is not None} for source in shown["sources"]]


@pytest.mark.parametrize(
    "arguments", [("show", "Jakarta"), ("show", "Jakarta", "Rotterdam"), ("path", "Bandung", "Rotterdam")]
)
def test_the_answers_of_other_commands_can_be_imported(bench: Bench, arguments: tuple[str, ...]) -> None:
    """A city's card, a pair's card, a chain: wherever pairs stand."""
    answer = bench.bring(bench.place.run(*arguments).stdout, name="mine.json").json
    assert answer["read"] == answer["known"] > 0


# --- results of query services -----------------------------------------------------------------------------------

WKT = "http://www.opengis.net/ont/geosparql#wktLiteral"
DATE = "http://www.w3.org/2001/XMLSchema#dateTime"
BINDING = {
    "item": {"type": "uri", "value": "http://www.wikidata.org/entity/Q900000001"},
    "itemLabel": {"type": "literal", "value": "Quellstadt", "xml:lang": "en"},
    "countryLabel": {"type": "literal", "value": "Germany", "xml:lang": "en"},
    "coord": {"type": "literal", "value": "Point(9.9 50.1)", "datatype": WKT},
    "twin": {"type": "uri", "value": "http://www.wikidata.org/entity/Q900000002"},
    "twinLabel": {"type": "literal", "value": "Merstein", "xml:lang": "en"},
    "twinCountryLabel": {"type": "literal", "value": "Austria", "xml:lang": "en"},
    "twinCoord": {"type": "literal", "value": "Point(14.5 47.5)", "datatype": WKT},
    "start": {"type": "literal", "value": "1986-01-01T00:00:00Z", "datatype": DATE},
    "ref": {"type": "uri", "value": "https://example.org/partners"},
}
PLAIN = {name: binding["value"] for name, binding in BINDING.items()}
NAMES = list(BINDING)


def turtle(binding: dict[str, str]) -> str:
    """Return a binding as a term of Turtle."""
    if binding["type"] == "uri":
        return f"<{binding['value']}>"
    if "datatype" in binding:
        return f'"{binding["value"]}"^^<{binding["datatype"]}>'
    return f'"{binding["value"]}"@{binding["xml:lang"]}'


RESULTS = {
    "JSON": json.dumps({"head": {"vars": NAMES}, "results": {"bindings": [BINDING]}}),
    "JSON, indented": json.dumps({"head": {"vars": NAMES}, "results": {"ordered": 1, "bindings": [BINDING]}}, indent=2),
    "JSON, results first": json.dumps({"results": {"bindings": [BINDING]}, "head": {"vars": NAMES}}),
    "CSV": ",".join(NAMES) + "\r\n" + ",".join(PLAIN.values()) + "\r\n",
    "TSV": "\t".join(f"?{name}" for name in NAMES) + "\n" + "\t".join(map(turtle, BINDING.values())) + "\n",
    "TSV, plain": "\t".join(NAMES) + "\n" + "\t".join(PLAIN.values()) + "\n",
    "a list of bindings": json.dumps([BINDING]),
    "a list of plain records": json.dumps([PLAIN]),
    "lines of plain records": json.dumps(PLAIN) + "\n",
}  # fmt: skip


@pytest.mark.parametrize("form", RESULTS)
def test_results_of_query_services_are_imported_in_every_form(bench: Bench, form: str) -> None:
    """W3C's three forms, and what the pages of query services let one download."""
    answer = bench.bring(RESULTS[form], name="mine.txt").json
    assert (answer["added"], answer["rejected"]) == (1, 0)
    cities = {city["name"]: (city["country"], city["lat"], city["lon"]) for city in bench.layer()["cities"]}
    assert cities == PLACES
    assert bench.pair()["since"] == "1986"
    assert [source["url"] for source in bench.layer()["sources"]] == ["https://example.org/partners"]


def test_an_item_is_one_city_whatever_its_rows_say(bench: Bench) -> None:
    """An item with two coordinates or two names comes in several rows, and stays one city."""
    other = {**BINDING, "coord": {"type": "literal", "value": "Point(10.9 51.1)"}}
    renamed = {**BINDING, "itemLabel": {"type": "literal", "value": "Sumberkota"}}
    text = json.dumps({"head": {"vars": NAMES}, "results": {"bindings": [BINDING, other, renamed]}})
    answer = bench.bring(text, name="mine.json").json
    assert (answer["added"], answer["repeated"]) == (1, 2)
    assert bench.pairs() == FOUND


def test_an_unbound_variable_is_an_empty_cell(bench: Bench) -> None:
    """A result without a start is a pair without a date; one without coordinates is looked up."""
    bare = {name: BINDING[name] for name in ("item", "itemLabel", "countryLabel", "coord", "twin")}
    bare |= {
        "twinLabel": {"type": "literal", "value": "Jakarta"},
        "twinCountryLabel": {"type": "literal", "value": "ID"},
    }
    bench.bring(json.dumps({"head": {"vars": NAMES}, "results": {"bindings": [bare]}}), name="mine.json")
    assert bench.pair()["cities"] == ["jakarta-id", "quellstadt-de"]
    assert "since" not in bench.pair()


def test_escapes_of_the_tsv_form_are_undone(bench: Bench) -> None:
    """A tab, a quote or a letter by its code stand in a term as Turtle writes them."""
    text = RESULTS["TSV"].replace('"Quellstadt"@en', r'"Quell \"am\" St\u00e4dt"@en')
    bench.bring(text, name="mine.tsv")
    assert bench.pairs() == [("Merstein", 'Quell "am" Städt')]


def test_blank_lines_above_the_tsv_form_are_passed_over(bench: Bench) -> None:
    """They are counted as lines all the same, for the report."""
    answer = bench.bring("\n  \n" + RESULTS["TSV"] + '"only one cell"\n', name="mine.tsv").json
    assert (answer["added"], answer["rejected"]) == (1, 1)
    assert bench.report()[0][0] == "5"


def test_results_without_two_cities_are_refused(bench: Bench) -> None:
    """The sentence names the variables that there are, and ones that would be understood."""
    text = json.dumps({"head": {"vars": ["a", "population"]}, "results": {"bindings": []}})
    result = bench.bring(text, name="mine.json")
    assert result.status == 1
    assert "a, population" in result.stderr
    assert "itemLabel" in result.stderr


# --- broken JSON ----------------------------------------------------------------------------------------------------


def lines_of(bench: Bench) -> list[str]:
    """Return the JSON Lines of some bundled pairs."""
    return bench.place.run("list", "--country", "Indonesia", "-n", "3", "--format", "jsonl").lines


def test_a_broken_line_costs_itself_only(bench: Bench) -> None:
    """In JSON Lines, a line that cannot be read is rejected with its number."""
    one, two, three = lines_of(bench)
    answer = bench.bring("\n".join([one, two[:-9], "", "[1]", '"x"', three]), name="mine.jsonl").json
    assert (answer["read"], answer["known"], answer["rejected"]) == (5, 2, 3)
    assert [line for line, __, ___ in bench.report()] == ["2", "4", "5"]


def test_a_broken_document_changes_nothing(bench: Bench) -> None:
    """A document that is cut off or is no JSON is refused in one sentence, and the layer of before stays."""
    text = bench.place.run("list", "--country", "Indonesia").stdout
    bench.bring(text, name="mine.json")
    before = bench.state()
    for broken, words in (
        (text[:-40], "ends in the middle of its JSON"),
        (text[: text.index("\n{", 200)], "ends in the middle of its JSON"),
        (text + "]", "is not JSON on line"),
        (text.replace('"kind"', "kind", 1), "is not JSON on line 2"),
        (text.replace(":", "=", 1), "is not JSON on line 2"),
        ("{}", "holds no pairs"),
        ("[]", "holds no pairs"),
        ("[1, 2]", "of a kind that cannot be imported"),
        ('{"type": "FeatureCollection", "features": []}', "of a kind that cannot be imported"),
        ("[" * 100_000, "nested too deeply"),
    ):
        result = bench.bring(broken, name="mine.json")
        assert result.status == 1, words
        assert words in result.stderr
        assert result.stderr.count("\n") == 1
        assert bench.state() == before


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"cities": ["jakarta-id"]}, "a record without two cities"),
        ({"cities": ["jakarta-id", "nowhere-xx"]}, "names a city that does not exist: nowhere-xx"),
        ({"sources": [{"source": "none", "says": "x"}]}, "names a source that does not exist: none"),
        ({"since": "1986-13"}, "since is a date that does not exist: 1986-13"),
        ({"since": ["1986"]}, "since is no text"),
        ({"sources": "x"}, "sources is no list"),
        ({"note": {"de": "Kurz."}}, "a note whose en is missing"),
    ],
)
def test_a_wrong_record_costs_itself_only(
    bench: Bench, small: dict[str, Any], change: dict[str, Any], reason: str
) -> None:
    """In a data file, a pair that something is wrong with is rejected, and its line is where it begins."""
    content = own_file(small)
    content["pairs"][-1] |= change
    text = json.dumps(content, indent=0)
    answer = bench.bring(text, name="mine.json").json
    assert (answer["known"], answer["added"], answer["rejected"]) == (2, 0, 1)
    ((line, why, __),) = bench.report()
    assert why == reason
    assert text.splitlines()[int(line) :][0] == '"id": "jakarta-quellstadt",'


def test_half_a_surrogate_pair_is_no_letter(bench: Bench) -> None:
    """Escapes that stand for no letter reject their record and break nothing."""
    record = {"city1": "Quell\ud800", "country1": "DE", "lat1": 50, "lon1": 9, "city2": "Jakarta", "country2": "ID"}
    good = {**record, "city1": "Jakarta", "country1": "ID", "lat1": None, "lon1": None, "city2": "Rotterdam"}
    answer = bench.bring(json.dumps([record, {**good, "country2": "NL"}]), name="mine.json").json
    assert (answer["known"], answer["rejected"]) == (1, 1)
    assert bench.report()[0][1] == "holds the invisible or control character U+D800"


def test_columns_are_for_tables(place: Place, bench: Bench) -> None:
    """``--columns`` with JSON is refused."""
    result = place.run("data", "import", bench.write("[]", "x.json"), "--columns", "city1,city2")
    assert result.status == 2
    assert "is JSON" in result.stderr


def test_a_bundled_source_under_two_titles_is_two_sources(bench: Bench, small: dict[str, Any]) -> None:
    """Only one of them has the bundled one's id, and the layer can be read."""
    content = own_file(small)
    source, statement = small["sources"][0], {"source": small["sources"][0]["id"], "says": "Says so."}
    cities = {city["id"]: city for city in content["cities"]}
    ends = [cities["jakarta-id"], cities["quellstadt-de"]], [cities["rotterdam-nl"], cities["quellstadt-de"]]
    titles = source["title"], "Another title"
    pairs = [
        {"cities": list(pair), "sources": [{**source, **statement, "title": title}]}
        for pair, title in zip(ends, titles, strict=True)
    ]
    assert bench.bring(json.dumps(pairs), name="mine.json").json["added"] == 2
    ids = {entry["title"]: entry["id"] for entry in bench.layer()["sources"]}
    assert ids.pop(source["title"]) == source["id"]
    assert list(ids) == ["Another title"]
    assert source["id"] not in ids.values()
    assert bench.place.run("list", "--origin", "mine").status == 0


def test_two_cities_with_long_ids_make_a_pair_with_a_shorter_one(bench: Bench, small: dict[str, Any]) -> None:
    """An id made from both is no longer than an id may be."""
    content = own_file(small)
    first = {**content["cities"][-1], "id": "a" * 150 + "-de"}
    second = {"id": "b" * 150 + "-at", "name": "Merstein", "country": "AT", "level": "city", "lat": 47.5, "lon": 14.5}
    pair = {**content["pairs"][-1], "id": None, "cities": [first["id"], second["id"]]}
    bench.bring(json.dumps({**content, "cities": [first, second], "pairs": [pair]}), name="mine.json")
    assert len(bench.pair()["id"]) <= 200
    assert bench.pair()["cities"] == [first["id"], second["id"]]
    assert bench.place.run("list", "--origin", "mine").status == 0
