"""GraphML, read by NetworkX, and held to what Gephi's importer takes and to the schema of GraphML."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import networkx as nx
import pytest

from tests.conftest import Place, Write

XMLNS = "{http://graphml.graphdrawing.org/xmlns}"


def graph_of(place: Place, *command: str) -> nx.Graph[str]:
    """Run a command and read what it gives with NetworkX."""
    result = place.run(*command, "--format", "graphml")
    assert result.status == 0, result.stderr
    graph: nx.Graph[str] = nx.read_graphml(io.BytesIO(result.stdout.encode()))
    return graph


def keys_of(text: str, target: str) -> dict[str, ET.Element]:
    """The declarations of the attributes of nodes or edges, by their names."""
    keys = ET.fromstring(text).iter(f"{XMLNS}key")
    return {key.attrib["attr.name"]: key for key in keys if key.attrib["for"] == target}


@pytest.mark.parametrize(
    "command", [("list",), ("list", "-n", "5"), ("show", "Jakarta"), ("show", "Jakarta", "Rotterdam")], ids=" ".join
)
def test_every_command_with_pairs_gives_a_graph(place: Place, command: tuple[str, ...]) -> None:
    """NetworkX reads one undirected graph whose edges are the pairs and whose nodes are their cities."""
    answer = place.run(*command, "--json").json
    if isinstance(answer, dict):
        answer = answer["pairs"] if "pairs" in answer else [answer["pair"]]
    graph = graph_of(place, *command)
    assert not graph.is_directed()
    assert not graph.is_multigraph()
    assert {data["id"] for __, __, data in graph.edges(data=True)} == {pair["id"] for pair in answer}
    assert set(graph) == {city["id"] for pair in answer for city in pair["cities"]}


@pytest.mark.parametrize("command", ["path Bandung Rotterdam", "map --city Jakarta", "anniversaries --year 2026"])
def test_what_is_a_map_is_a_graph_too(place: Place, command: str) -> None:
    """Wherever there is GeoJSON there is GraphML of the same cities and pairs."""
    features = place.run(*command.split(), "--format", "geojson").json["features"]
    graph = graph_of(place, *command.split())
    assert set(graph) == {feature["id"] for feature in features if feature["properties"]["feature"] == "city"}
    assert {data["id"] for __, __, data in graph.edges(data=True)} == {feature["id"] for feature in features} - set(
        graph
    )


def test_attributes_come_back_as_what_they_are(place: Place) -> None:
    """What NetworkX reads are the values of the JSON: numbers, truth values and texts; absent ones are absent."""
    pairs = place.run("list", "--country", "Indonesia", "--json").json
    graph = graph_of(place, "list", "--country", "Indonesia")
    for pair in pairs:
        one, other = pair["cities"]
        edge = graph.edges[one["id"], other["id"]]
        assert edge["label"] == f"{one['name']} – {other['name']}"
        for name in ("kind", "status", "confidence", "disputed", "distance_km", "since", "until", "as_of"):
            assert edge.get(name) == pair[name]
        assert edge.get("since_year") == (int(pair["since"][:4]) if pair["since"] else None)
        assert edge.get("fields", "") == ";".join(pair["fields"])
        assert edge.get("note") == (pair["note"] or {}).get("en")
        for city in (one, other):
            node = graph.nodes[city["id"]]
            assert (node["label"], node["country"], node.get("admin")) == (city["name"], city["country"], city["admin"])
            assert (node["latitude"], node["longitude"]) == (city["lat"], city["lon"])
            assert isinstance(node["latitude"], float)


def test_gephi_finds_what_it_looks_for(place: Place) -> None:
    """Nodes have label, latitude and longitude (doubles); edges a label and no weight; keys mean nothing else to it."""
    text = place.run("show", "Jakarta", "--format", "graphml").stdout
    nodes, edges = keys_of(text, "node"), keys_of(text, "edge")
    assert {name: nodes[name].attrib["attr.type"] for name in ("label", "latitude", "longitude")} == {
        "label": "string",
        "latitude": "double",
        "longitude": "double",
    }
    # The names and keys that Gephi takes for a weight, an id, a position, a size, a colour, or yEd's labels.
    special = {
        "weight",
        "edge weight",
        "id",
        "edgeid",
        "x",
        "y",
        "z",
        "xpos",
        "ypos",
        "size",
        "r",
        "g",
        "b",
        "d3",
        "d7",
    }
    for name, key in [*nodes.items(), *edges.items()]:
        assert not {name.lower(), key.attrib["id"].lower()} & special
    assert "label" in edges


def test_the_text_keeps_to_the_schema_of_graphml(place: Place) -> None:
    """Keys are declared once and first, with a type of the schema; ids are unique; every value is of a declared key."""
    text = place.run("list", "--country", "Indonesia", "--format", "graphml").stdout
    root = ET.fromstring(text)
    *keys, graph = list(root)
    assert [key.tag for key in keys] == [f"{XMLNS}key"] * len(keys)
    assert graph.attrib["edgedefault"] == "undirected"
    assert {key.attrib["attr.type"] for key in keys} <= {"boolean", "int", "long", "float", "double", "string"}
    for tag, target in ((f"{XMLNS}node", "node"), (f"{XMLNS}edge", "edge")):
        declared = {key.attrib["id"] for key in keys if key.attrib["for"] == target}
        elements = graph.findall(tag)
        assert len({element.attrib["id"] for element in elements}) == len(elements)
        for element in elements:
            used = [data.attrib["key"] for data in element]
            assert len(set(used)) == len(used)
            assert set(used) <= declared
    assert len({key.attrib["id"] for key in keys}) == len(keys)


def test_a_node_stands_before_its_edges(place: Place) -> None:
    """A reader that takes one line at a time, as Gephi's does, knows both ends when it meets an edge."""
    known: set[str] = set()
    for element in ET.fromstring(place.run("list", "--format", "graphml").stdout).iter():
        if element.tag == f"{XMLNS}node":
            known.add(element.attrib["id"])
        elif element.tag == f"{XMLNS}edge":
            assert {element.attrib["source"], element.attrib["target"]} <= known


def test_text_is_escaped(small: dict[str, Any], write: Write, place: Place) -> None:
    """What looks like markup in a name or a note comes back letter by letter, and opens no element."""
    name, note = """A&B <i>"x"</i> 'y' ]]> &lt;""", "</data></edge><node id='evil'/> &amp; < >"
    (pair,) = small["pairs"] = [pair for pair in small["pairs"] if pair["id"] == "jakarta-rotterdam"]
    pair["note"] = {"en": note}
    for city in small["cities"]:
        if city["id"] == "jakarta-id":
            city["name"] = name
    graph = graph_of(place, "list", "--data", str(write(small)))
    assert set(graph) == {"jakarta-id", "rotterdam-nl"}
    assert graph.nodes["jakarta-id"]["label"] == name
    assert graph.edges["jakarta-id", "rotterdam-nl"]["note"] == note


def test_what_xml_cannot_hold_is_replaced() -> None:
    """Data files with control characters do not load; should one get past that, the text is XML nonetheless."""
    from twincli.render.graphml_format import _xml

    text = _xml("".join(map(chr, range(0x20))) + "\x7f\ufffe\uffff\ud800 & <")
    assert ET.fromstring(f"<a>{text}</a>").text == "\ufffd" * 36 + " & <"


def test_the_language_changes_nothing(place: Place) -> None:
    """GraphML is for programs, and the same in every language."""
    english, indonesian = (place.run("show", "Cairo", "--format", "graphml", "--lang", lang) for lang in ("en", "id"))
    assert english.stdout == indonesian.stdout


def test_nothing_found_is_an_empty_graph(place: Place) -> None:
    """Where no pair matches there is a graph without nodes."""
    graph = graph_of(place, "list", "--since", "1066")
    assert len(graph) == 0


def test_the_name_of_a_file_asks_for_it(place: Place, tmp_path: Path) -> None:
    """``-o pairs.graphml`` needs no ``--format``, and NetworkX opens the file by its path."""
    file = tmp_path / "pairs.graphml"
    assert place.run("show", "Jakarta", "-o", str(file)).status == 0
    assert "jakarta-id" in nx.read_graphml(file)


def test_numbers_are_written_as_json_has_them(place: Place) -> None:
    """No rounding, no exponent, no comma: the digits of a coordinate are those of the data."""
    text = place.run("show", "Jakarta", "Rotterdam", "--format", "graphml").stdout
    city = place.run("show", "Jakarta", "--json").json["city"]
    assert f'<data key="latitude">{json.dumps(float(city["lat"]))}</data>' in text
