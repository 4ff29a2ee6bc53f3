"""``twincli path``: the shortest chain of twinnings between two places, or why there is none."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from itertools import pairwise
from math import prod
from random import Random
from typing import Any

import networkx
import pytest
from jsonschema import Draft202012Validator

from tests.commands.network import network
from tests.conftest import Place, Write
from twincli.dataset.published import json_schema


def ids(chain: dict[str, Any]) -> list[str]:
    """Return the ids of a chain's cities in their order."""
    steps = chain["steps"]
    return [steps[0]["cities"][0]["id"], *(step["cities"][1]["id"] for step in steps)]


ENDED = {"status": "ended"}


@pytest.fixture
def find(place: Place, write: Write) -> Callable[..., dict[str, Any]]:
    """Return what finds a chain in a network of our own."""

    def find_chain(content: dict[str, Any], *arguments: str) -> dict[str, Any]:
        result = place.run("path", *arguments, "--data", str(write(content)))
        assert result.status == 0, result.stderr
        chain: dict[str, Any] = result.json
        return chain

    return find_chain


Find = Callable[..., dict[str, Any]]


# --- in the bundled data ----------------------------------------------------------------------------------------


def test_a_chain_leads_from_city_to_city(place: Place) -> None:
    """``path Bandung Reykjavík`` joins the two, each step begins where the one before ends, and the km add up."""
    chain = place.run("path", "Bandung", "Reykjavik").json
    assert (chain["from"]["id"], chain["to"]["id"]) == ("bandung-id", "reykjavik-is")
    cities = ids(chain)
    assert (cities[0], cities[-1]) == ("bandung-id", "reykjavik-is")
    assert all(one["cities"][1] == other["cities"][0] for one, other in pairwise(chain["steps"]))
    assert chain["length"] == len(chain["steps"])
    assert chain["distance_km"] == sum(step["distance_km"] for step in chain["steps"])


def test_a_country_stands_for_all_its_cities(place: Place) -> None:
    """``path Indonesia Peru`` begins in Indonesia, ends in Peru, and passes through neither in between."""
    chain = place.run("path", "Indonesia", "Peru").json
    steps = chain["steps"]
    countries = [steps[0]["cities"][0]["country"], *(step["cities"][1]["country"] for step in steps)]
    assert (countries[0], countries[-1]) == ("ID", "PE")
    assert not {"ID", "PE"} & set(countries[1:-1])


def test_a_city_and_a_country_mix(place: Place) -> None:
    """A chain leads from a city to a country, and is never longer than the one to any city there."""
    mixed = place.run("path", "Jakarta", "Peru").json
    assert ids(mixed)[0] == "jakarta-id"
    assert mixed["steps"][-1]["cities"][1]["country"] == "PE"
    assert mixed["length"] <= place.run("path", "Jakarta", "lima-pe").json["length"]


def test_no_chain_is_shorter_and_none_as_short_is_better(steady: Place, everything: list[dict[str, Any]]) -> None:
    """Length, number and quality of the chains between cities are those that NetworkX finds by looking at each."""
    graph: networkx.Graph[str] = networkx.Graph()
    for pair in everything:
        if pair["status"] in {"active", "unknown"}:
            graph.add_edge(*(city["id"] for city in pair["cities"]), pair=pair)

    def quality(cities: Iterable[str]) -> tuple[int, int, int]:
        pairs = [graph.edges[step]["pair"] for step in pairwise(cities)]
        levels = [pair["confidence"] for pair in pairs]
        return levels.count("low"), levels.count("medium"), sum(pair["distance_km"] for pair in pairs)

    components: list[set[str]] = list(networkx.connected_components(graph))
    largest = max(components, key=len)
    random = Random(7)
    for __ in range(12):
        start, goal = random.sample(sorted(largest), 2)
        chain = steady.run("path", start, goal).json
        every = list(networkx.all_shortest_paths(graph, start, goal))
        assert chain["length"] == len(every[0]) - 1
        assert chain["others"] == len(every) - 1
        assert quality(ids(chain)) == min(map(quality, every))


def test_the_way_back_is_as_long(place: Place) -> None:
    """From B to A there are as many chains, of the same length and quality, as from A to B."""
    there, back = place.run("path", "Surabaya", "Peru").json, place.run("path", "Peru", "Surabaya").json
    assert there["from"] == back["to"]
    same = ("length", "distance_km", "confidence", "others")
    assert [there[key] for key in same] == [back[key] for key in same]


@pytest.mark.parametrize("ends", [("Bandung", "Reykjavik"), ("Nauru", "Peru"), ("Jakarta", "feltre-it")])
def test_the_json_is_as_published(place: Place, ends: tuple[str, str]) -> None:
    """A chain, and the answer that there is none, are as the published schema says."""
    Draft202012Validator(json_schema("path")).validate(place.run("path", *ends).json)


# --- which chain --------------------------------------------------------------------------------------------------


def test_what_has_ended_is_no_bridge(find: Find) -> None:
    """Only active and unknown twinnings are led over, all with ``--any``."""
    content = network(
        ("alfa-fr", "bravo-de", ENDED),
        ("alfa-fr", "charlie-es"),
        ("charlie-es", "delta-it", {"status": "unknown"}),
        ("delta-it", "bravo-de"),
    )
    assert ids(find(content, "Alfa", "Bravo")) == ["alfa-fr", "charlie-es", "delta-it", "bravo-de"]
    assert ids(find(content, "Alfa", "Bravo", "--active")) == ["alfa-fr", "charlie-es", "delta-it", "bravo-de"]
    assert ids(find(content, "Alfa", "Bravo", "--any")) == ["alfa-fr", "bravo-de"]


@pytest.mark.parametrize("status", ["dormant", "suspended", "ended"])
def test_neither_is_what_sleeps_or_is_suspended(find: Find, status: str) -> None:
    """A dormant, suspended or ended twinning bridges nothing unless ``--any`` is given."""
    content = network(("alfa-fr", "bravo-de", {"status": status}), ("bravo-de", "charlie-es"))
    assert find(content, "Alfa", "Charlie")["steps"] == []
    assert find(content, "Alfa", "Charlie", "--any")["length"] == 2


def test_the_best_attested_of_equally_short_chains_is_shown(find: Find) -> None:
    """A chain without a weak step comes before one with a weak step, however short; the other is counted."""
    content = network(
        ("alfa-fr", "bravo-de", {"confidence": "low"}),
        ("bravo-de", "zulu-it"),
        ("alfa-fr", "yankee-es", {"confidence": "medium"}),
        ("yankee-es", "zulu-it", {"confidence": "medium"}),
    )
    chain = find(content, "Alfa", "Zulu")
    assert ids(chain) == ["alfa-fr", "yankee-es", "zulu-it"]
    assert (chain["confidence"], chain["others"]) == ("medium", 1)


def test_of_equally_attested_chains_the_shortest_on_the_globe_is_shown(find: Find) -> None:
    """Where confidence decides nothing, the km do."""
    content = network(
        ("alfa-fr", "bravo-de"), ("bravo-de", "zulu-it"), ("alfa-fr", "charlie-es"), ("charlie-es", "zulu-it")
    )
    by_id = {city["id"]: city for city in content["cities"]}
    by_id["bravo-de"]["lon"] = 40
    assert ids(find(content, "Alfa", "Zulu")) == ["alfa-fr", "charlie-es", "zulu-it"]


def test_more_chains_than_anybody_could_list_are_counted(find: Find) -> None:
    """Nine layers of eight cities, each tied to all of the next, make 8 to the 9th chains."""
    layers = [["alfa-fr"], *([f"l{layer}c{city}-de" for city in range(8)] for layer in range(9)), ["zulu-it"]]
    content = network(*((one, other) for here, there in pairwise(layers) for one in here for other in there))
    chain = find(content, "Alfa", "Zulu")
    assert chain["length"] == 10
    assert chain["others"] + 1 == prod(map(len, layers))


def test_the_chains_of_countries_are_counted_over_all_their_cities(find: Find) -> None:
    """Each city of the one and each of the other country makes a chain of its own."""
    content = network(("alfa-fr", "mike-de"), ("bravo-fr", "mike-de"), ("mike-de", "yankee-it"), ("mike-de", "zulu-it"))
    chain = find(content, "France", "Italy")
    assert (chain["length"], chain["others"]) == (2, 3)


def test_a_kind_can_be_asked_for(find: Find) -> None:
    """With ``--kind`` only twinnings of these kinds are led over."""
    content = network(
        ("alfa-fr", "bravo-de", {"kind": "intent"}),
        ("alfa-fr", "charlie-es"),
        ("charlie-es", "bravo-de", {"kind": "friendship"}),
    )
    assert find(content, "Alfa", "Bravo")["length"] == 1
    assert find(content, "Alfa", "Bravo", "--kind", "sister", "--kind", "friendship")["length"] == 2
    assert find(content, "Alfa", "Bravo", "--kind", "sister")["steps"] == []


# --- no chain -----------------------------------------------------------------------------------------------------


@pytest.fixture
def islands() -> dict[str, Any]:
    """A chain of three cities, a pair, and an ended bridge between the two."""
    return network(
        ("alfa-fr", "bravo-de"),
        ("bravo-de", "charlie-fr"),
        ("yankee-it", "zulu-es"),
        ("charlie-fr", "yankee-it", ENDED),
    )


def test_without_a_chain_each_component_is_told(find: Find, islands: dict[str, Any]) -> None:
    """The answer says in which component each city lies, how large it is, and which cities are in it."""
    answer = find(islands, "Alfa", "Zulu")
    assert answer["steps"] == []
    assert [answer[key] for key in ("length", "distance_km", "confidence", "others")] == [None, None, None, 0]
    [here], [there] = (answer[end]["components"] for end in ("from", "to"))
    assert (here["rank"], here["cities"], here["countries"], here["own"]) == (1, 3, 2, 1)
    assert (there["rank"], there["cities"], there["countries"], there["own"]) == (2, 2, 2, 1)
    assert [city["id"] for city in here["members"]] == ["alfa-fr", "bravo-de", "charlie-fr"]


def test_a_country_may_lie_in_several_components(find: Find) -> None:
    """Each is told, the largest first, with how many of the country's cities are in it."""
    content = network(
        ("alfa-fr", "bravo-de"), ("charlie-fr", "bravo-de"), ("delta-fr", "echo-es"), ("yankee-it", "zulu-gb")
    )
    components = find(content, "France", "Italy")["from"]["components"]
    assert [(component["cities"], component["own"]) for component in components] == [(3, 2), (2, 1)]


def test_a_city_without_a_twinning_that_counts_stands_alone(find: Find) -> None:
    """Its component is itself."""
    content = network(("alfa-fr", "bravo-de"), ("yankee-it", "zulu-es", ENDED))
    [alone] = find(content, "Zulu", "Alfa")["from"]["components"]
    assert (alone["rank"], alone["cities"], alone["own"]) == (2, 1, 1)
    assert [city["id"] for city in alone["members"]] == ["zulu-es"]


def test_no_chain_is_an_answer(place: Place, write: Write, islands: dict[str, Any]) -> None:
    """The status is 0, whatever the format; where the form has no room for the answer, stderr says it."""
    path = str(write(islands))
    for form in ("json", "jsonl", "csv", "markdown", "geojson", "graphml"):
        result = place.run("path", "Alfa", "Zulu", "--data", path, "--format", form)
        assert result.status == 0
        assert "No chain of twinnings leads from Alfa to Zulu." in result.stderr


def test_a_chain_over_what_has_ended_is_offered(place: Place, write: Write, islands: dict[str, Any]) -> None:
    """Where ``--any``, or leaving ``--kind`` away, would give a chain, that is said with its length."""
    path = str(write(islands))
    assert "With --any there is one of 4 steps." in place.run("path", "Alfa", "Zulu", "--data", path).stderr
    result = place.run("path", "Alfa", "Bravo", "--data", path, "--kind", "border")
    assert "Without --kind there is one of 1 step." in result.stderr


def test_groups_are_drawn_with_their_cities(place: Place, write: Write, islands: dict[str, Any]) -> None:
    """On a terminal the components are told in words, and what counted."""
    shown = place.table("path", "Alfa", "Zulu", "--data", str(write(islands)), width=100).lines
    assert shown[0] == "No chain of twinnings leads from Alfa to Zulu."
    assert "Alfa: in a group of 3 cities in 2 countries: Alfa, Bravo, Charlie" in shown
    assert "Zulu: in a group of 2 cities in 2 countries: Yankee, Zulu" in shown
    assert "Counted: active, unknown" in shown


def test_the_largest_group_is_drawn_by_its_size(place: Place) -> None:
    """A component of more cities than can be listed is the largest one, with its size."""
    answer = place.run("path", "Jakarta", "feltre-it").json
    largest = answer["from"]["components"][0]
    assert (largest["rank"], largest["members"]) == (1, [])
    shown = place.table("path", "Jakarta", "feltre-it", width=120).stdout
    size = f"{largest['cities']:,} cities in {largest['countries']:,} countries"
    assert f"Jakarta: in the largest group of connected cities, {size}" in shown


# --- names --------------------------------------------------------------------------------------------------------


def test_a_city_state_is_taken_as_the_country(place: Place) -> None:
    """Luxembourg means the country, and the remark says how to name the city alone."""
    result = place.run("path", "Luxembourg", "Peru")
    assert result.json["from"]["type"] == "country"
    assert "Note: Luxembourg is taken as the country; as a city it is luxembourg-lu." in result.stderr
    assert place.run("path", "luxembourg-lu", "Peru").json["from"]["type"] == "city"


def test_a_country_and_a_city_elsewhere_of_one_name_are_asked_about(place: Place, write: Write) -> None:
    """Where a country and a city in another bear the name, both are listed, and each choice serves."""
    path = str(write(network(("peru-us", "alfa-fr"), ("lima-pe", "alfa-fr"))))
    result = place.run("path", "Peru", "Alfa", "--data", path)
    assert result.status == 1
    assert "Say which" in result.stderr
    for choice in ("PE", "peru-us"):
        assert choice in result.stderr
        assert place.run("path", choice, "Alfa", "--data", path).json["length"] == 1


def test_a_former_name_is_understood(place: Place) -> None:
    """``path Batavia Peru`` begins in Jakarta, and says why."""
    result = place.run("path", "Batavia", "Peru")
    assert result.json["from"]["id"] == "jakarta-id"
    assert "Batavia is a former name of Jakarta (Indonesia)" in result.stderr


@pytest.mark.parametrize(
    "ends", [("Batavia", "Jakarta"), ("Indonesia", "ID"), ("Jakarta", "Indonesia"), ("PE", "Lima")]
)
def test_two_ends_in_one_place_are_refused(place: Place, ends: tuple[str, str]) -> None:
    """One place twice, or a city and its own country, is wrong usage, said in one sentence."""
    result = place.run("path", *ends)
    assert (result.status, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1


def test_an_unknown_name_offers_the_nearest(place: Place) -> None:
    """A slip in a name is an error with a suggestion."""
    result = place.run("path", "Bandng", "Peru")
    assert result.status == 1
    assert "Did you mean Bandung (Indonesia)" in result.stderr


# --- forms ----------------------------------------------------------------------------------------------------------


def test_a_drawn_chain_tells_each_step(place: Place, write: Write) -> None:
    """Year, kind, status and km of each step stand between its cities, and the total above."""
    content = network(
        ("alfa-fr", "bravo-de", {"since": "1986-05-12", "kind": "friendship"}),
        ("bravo-de", "charlie-es", {"status": "unknown", "confidence": "low"}),
    )
    result = place.table("path", "Alfa", "Charlie", "--data", str(write(content)))
    first, second = place.run("path", "Alfa", "Charlie", "--data", str(write(content))).json["steps"]
    total = first["distance_km"] + second["distance_km"]
    assert result.lines == [
        f"Alfa → Charlie: 2 steps, {total} km",
        "",
        "Alfa, France",
        f" │ since 1986    friendship city  active     {first['distance_km']} km",
        "Bravo, Germany",
        f" │ year unknown  sister city      unknown ?  {second['distance_km']} km",
        "Charlie, Spain",
        "",
        "Confidence of the weakest step: low.",
        "No other chain is as short.",
        "? weakly attested",
    ]
    assert "twincli show alfa-fr bravo-de" in result.stderr


def test_other_chains_are_counted_for_the_reader(place: Place) -> None:
    """The page says how many other chains are as short."""
    others = place.run("path", "Indonesia", "Peru").json["others"]
    shown = place.table("path", "Indonesia", "Peru").stdout
    assert f"{others} other chain" in shown if others else "No other chain" in shown


def test_a_chain_fits_the_terminal(place: Place) -> None:
    """No line is wider than the terminal."""
    for arguments in (("Bandung", "Reykjavik"), ("Dudelange", "Mozambique")):
        assert all(len(line) <= 80 for line in place.table("path", *arguments).lines)


def test_a_terminal_of_ascii_gets_a_chain_too(place: Place) -> None:
    """What has no letter there is drawn with others."""
    result = place.run("path", "Indonesia", "Peru", tty=True, encoding="ascii", environ={"NO_COLOR": "1"})
    assert result.status == 0
    assert result.lines[0].startswith("Indonesia -> Peru: ")


def test_markup_in_names_is_text(place: Place, write: Write) -> None:
    """A city's name that looks like Rich's markup is shown as it is."""
    content = network(("alfa-fr", "bravo-de"))
    content["cities"][0]["name"] = "[bold]Alfa[/x] :smile:"
    shown = place.table("path", "alfa-fr", "Bravo", "--data", str(write(content))).stdout
    assert "[bold]Alfa[/x] :smile:, France" in shown


def test_a_chain_is_told_in_indonesian(place: Place) -> None:
    """With ``--lang id`` names and words are Indonesian; the JSON is the same in every language."""
    shown = place.table("path", "Bandung", "Mesir", "--lang", "id").stdout
    assert "Mesir" in shown
    assert "langkah" in shown
    both = [place.run("path", "Bandung", "Mesir", "--lang", lang).stdout for lang in ("en", "id")]
    assert both[0] == both[1]


def test_rows_are_the_steps_in_their_order(place: Place) -> None:
    """JSON Lines hold the steps, CSV a row each with the columns of ``list``."""
    steps = place.run("path", "Bandung", "Reykjavik").json["steps"]
    assert [json.loads(line) for line in place.run("path", "Bandung", "Reykjavik", "--format", "jsonl").lines] == steps
    rows = place.run("path", "Bandung", "Reykjavik", "--format", "csv").lines
    assert [row.split(",")[0] for row in rows] == ["id", *(step["id"] for step in steps)]
    assert rows[0] == place.run("list", "-n", "1", "--format", "csv").lines[0]
