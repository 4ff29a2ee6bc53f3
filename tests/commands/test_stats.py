"""``twincli stats``: how many pairs, by what, and which places are connected; held to counts in plain Python."""

from __future__ import annotations

from collections import Counter
from typing import Any

import networkx
import pytest

from tests.commands.network import network
from tests.commands.reference import Question, Reference
from tests.conftest import Place, Write
from twincli.vocabulary import Confidence, Grouping, Status

Record = dict[str, Any]


def counted(place: Place, by: str, *arguments: str) -> list[Record]:
    """Return the groups that ``stats --by`` gives."""
    result = place.run("stats", "--by", by, *arguments)
    assert result.status == 0, result.stderr
    groups: list[Record] = result.json
    return groups


def numbers(groups: list[Record]) -> dict[str | None, int]:
    """Return how many pairs each group has."""
    pairs = {group["value"]: group["pairs"] for group in groups}
    assert len(pairs) == len(groups), "a group comes twice"
    return pairs


def each(pairs: list[Record], *keys: str) -> Counter[str]:
    """Return how many pairs have a city with each value of a key, each pair once for each value."""
    return Counter(
        value for pair in pairs for value in {".".join(city[key] for key in keys) for city in pair["cities"]}
    )


# --- counts -----------------------------------------------------------------------------------------------------


def test_countries_and_cities_are_counted_at_both_ends(place: Place, everything: list[Record]) -> None:
    """A pair counts for both its countries, once where it has only one, and for both its cities."""
    assert numbers(counted(place, "country")) == each(everything, "country")
    assert numbers(counted(place, "city")) == each(everything, "id")


def test_regions_are_those_of_the_united_nations(place: Place, everything: list[Record], reference: Reference) -> None:
    """Each subregion has the pairs that list finds there, and the names of both languages."""
    groups = counted(place, "region")
    for group in groups[::4]:
        answer = reference.answer(Question(region=(group["value"],)))
        assert group["pairs"] == len(answer)
    assert {"en": "Southeast Asia", "id": "Asia Tenggara"} in [group["name"] for group in groups]
    assert sum(group["pairs"] for group in groups) >= len(everything)


def test_pairs_of_countries_are_counted_whichever_comes_first(place: Place, everything: list[Record]) -> None:
    """``--by country-pair`` has a group for every two countries, domestic pairs under the one country."""
    wanted = Counter("-".join(sorted(city["country"] for city in pair["cities"])) for pair in everything)
    groups = counted(place, "country-pair")
    assert numbers(groups) == wanted
    assert sum(group["pairs"] for group in groups) == len(everything)
    first = groups[0]
    assert first["name"]["en"].count(" – ") == 1


def test_pairs_of_regions_add_up(place: Place, everything: list[Record]) -> None:
    """Every pair lies between two subregions, or within one."""
    groups = counted(place, "region-pair")
    assert sum(group["pairs"] for group in groups) == len(everything)
    assert any(len(set(group["value"].split("-"))) == 1 for group in groups)


@pytest.mark.parametrize("by", ["kind", "status", "confidence"])
def test_closed_lists_are_counted_by_value(place: Place, everything: list[Record], by: str) -> None:
    """Each value that occurs has its pairs."""
    assert numbers(counted(place, by)) == Counter(pair[by] for pair in everything)


def test_fields_are_counted_each(place: Place, everything: list[Record]) -> None:
    """A pair counts for each of its fields; those without any come last, under null."""
    groups = counted(place, "field")
    wanted: Counter[str | None] = Counter(field for pair in everything for field in pair["fields"] or [None])
    assert numbers(groups) == wanted
    assert groups[-1]["value"] is None


def test_decades_show_what_began_and_what_ended(place: Place, everything: list[Record]) -> None:
    """Founding and ending stand side by side, in the order of time; what has no date comes last."""
    groups = counted(place, "decade")
    begun = Counter(pair["since"] and f"{pair['since'][:3]}0" for pair in everything)
    ended = Counter(f"{pair['until'][:3]}0" for pair in everything if pair["until"])
    assert {value: pairs for value, pairs in numbers(groups).items() if pairs} == begun
    assert {group["value"]: group["ended"] for group in groups if group["ended"]} == ended
    decades = [group["value"] for group in groups]
    assert decades == [*sorted(decades[:-1]), None]


def test_distances_are_counted_in_bands(place: Place, everything: list[Record]) -> None:
    """Each pair lies in one band: not below its lower bound, below its upper bound, the last band open."""
    groups = counted(place, "distance")
    for group in groups:
        start, __, end = group["value"].partition("-")
        inside = [pair for pair in everything if int(start) <= pair["distance_km"] < (int(end) if end else 99999)]
        assert group["pairs"] == len(inside)
    assert sum(group["pairs"] for group in groups) == len(everything)


def test_shares_are_of_the_pairs_counted(place: Place, everything: list[Record]) -> None:
    """A share is the group's part of all pairs counted, those of unknown date included."""
    for group in [*counted(place, "kind"), *counted(place, "decade"), *counted(place, "city")[:5]]:
        assert group["share"] == pytest.approx(group["pairs"] / len(everything), abs=0.0001)


def test_groups_come_by_size_or_in_their_own_order(place: Place) -> None:
    """Places and kinds begin with the largest; what has an order keeps it."""
    for by in ("country", "city", "country-pair", "region", "region-pair", "kind"):
        pairs = [group["pairs"] for group in counted(place, by)]
        assert pairs == sorted(pairs, reverse=True)
    assert [group["value"] for group in counted(place, "confidence")] == list(Confidence)
    assert [group["value"] for group in counted(place, "status")] == list(Status)
    starts = [int(group["value"].split("-")[0]) for group in counted(place, "distance")]
    assert starts == sorted(starts)


# --- filters ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "question",
    [
        Question(country=("ID",)),
        Question(country=("ID", "NL"), status=("active",)),
        Question(region=("002",), kind=("sister", "friendship")),
        Question(with_country=("JP",), field=("culture",)),
        Question(city=("jakarta-id",)),
        Question(since=("1950", "1969"), confidence=("high",)),
        Question(disputed=True),
    ],
    ids=lambda question: " ".join(question.arguments),
)
def test_the_filters_are_those_of_list(place: Place, reference: Reference, question: Question) -> None:
    """Whatever is asked for, the same pairs are counted that list would give."""
    wanted = len(reference.answer(question))
    assert wanted
    assert place.run("stats", *question.arguments).json["pairs"] == wanted
    for by in ("kind", "country-pair", "distance", "decade", "status"):
        assert sum(group["pairs"] for group in counted(place, by, *question.arguments)) == wanted


def test_the_other_end_is_counted_where_one_was_asked_for(place: Place) -> None:
    """``--country Indonesia --by country`` tells where Indonesia's partners are."""
    pairs = place.run("list", "-c", "Indonesia").json
    partners = Counter(pair["cities"][1]["country"] for pair in pairs)
    assert numbers(counted(place, "country", "-c", "Indonesia")) == partners
    assert "other end" in place.table("stats", "-c", "Indonesia", "--by", "country").stdout


def test_cities_are_those_of_the_country_asked_for(place: Place) -> None:
    """``--country Indonesia --by city`` tells which of its cities have most pairs; ``--city``, its partners."""
    pairs = place.run("list", "-c", "Indonesia").json
    own = Counter(city["id"] for pair in pairs for city in pair["cities"] if city["country"] == "ID")
    assert numbers(counted(place, "city", "-c", "Indonesia")) == own
    partners = {pair["cities"][1]["id"] for pair in place.run("list", "--city", "Jakarta").json}
    assert set(numbers(counted(place, "city", "--city", "Jakarta"))) == partners


def test_only_an_other_end_leaves_this_one_to_be_counted(place: Place) -> None:
    """``--with Netherlands --by country`` counts the countries that face the Netherlands."""
    pairs = place.run("list", "--with", "Netherlands").json
    assert numbers(counted(place, "country", "--with", "NL")) == Counter(pair["cities"][0]["country"] for pair in pairs)


def test_it_is_said_which_end_is_counted(place: Place) -> None:
    """Below the table, as it is: what faces the end asked for, or what was asked for."""
    other, own = "Counted is the other end of each pair.", "Counted is the end that was asked for."
    for words, said in ((["--with", "Indonesia"], other), (["-c", "Indonesia"], other)):
        assert place.table("stats", *words, "--by", "country").lines[-1] == said
    assert place.table("stats", "-c", "Indonesia", "--by", "city").lines[-1] == own
    assert place.table("stats", "--city", "Jakarta", "--by", "city").lines[-1] == other


def test_pairs_of_countries_begin_with_the_one_asked_for(place: Place) -> None:
    """``--country Netherlands --by country-pair`` has the Netherlands first throughout."""
    assert all(group["value"].startswith("NL-") for group in counted(place, "country-pair", "-c", "Belanda"))


def test_no_pair_is_an_answer_too(place: Place) -> None:
    """Where no pair matches: an empty array or zeros, a sentence on stderr, status 0, an empty page."""
    nothing = ["-c", "Indonesia", "--since", "1901"]
    for by in Grouping:
        assert counted(place, by, *nothing) == []
        shown = place.table("stats", "--by", by, *nothing)
        assert (shown.status, shown.stdout) == (0, "")
        assert "No pairs match." in shown.stderr
    overview = place.run("stats", *nothing)
    assert (overview.json["pairs"], overview.json["oldest"]) == (0, None)
    assert place.table("stats", *nothing).stdout == ""


# --- top --------------------------------------------------------------------------------------------------------


def test_top_keeps_the_largest_groups(place: Place) -> None:
    """``--top 3`` are the three largest, in the order that they have in the whole; in a pipe all come."""
    for by in ("country", "city", "decade"):
        every = counted(place, by)
        known = [group for group in every if group["value"] is not None]
        largest = sorted((max(group["pairs"], group.get("ended", 0)) for group in known), reverse=True)[:3]
        kept = counted(place, by, "--top", "3")
        assert sorted((group["pairs"] for group in kept if group["value"] is not None), reverse=True) == largest
        assert kept == [group for group in every if group in kept]
        assert counted(place, by, "--top", "0") == every


def test_a_cut_on_a_terminal_is_announced(place: Place) -> None:
    """On a terminal long lists are cut, with how many groups there are and how to see all."""
    cities = len(counted(place, "city"))
    shown = place.table("stats", "--by", "city").stdout
    assert f"20 of {cities:,} groups (--top 0 shows all)" in shown
    assert len(place.table("stats", "--by", "city", "--top", "0").lines) > cities
    assert "--top 0" not in place.table("stats", "--by", "kind").stdout


def test_top_alone_is_wrong_usage(place: Place) -> None:
    """Without groups there are no largest ones; the sentence shows how it is done."""
    result = place.run("stats", "--top", "3")
    assert (result.status, result.stdout) == (2, "")
    assert "--by country --top 10" in result.stderr


def test_a_mistyped_group_is_answered_with_the_nearest(place: Place) -> None:
    """``--by countries`` offers country and lists what there is."""
    result = place.run("stats", "--by", "countrys")
    assert result.status == 2
    assert "Did you mean country?" in result.stderr
    assert all(grouping in result.stderr for grouping in Grouping)


# --- components -------------------------------------------------------------------------------------------------


def test_components_are_those_of_the_graph(place: Place, everything: list[Record]) -> None:
    """``--by component`` finds what NetworkX finds, with the cities, countries and pairs of each."""
    graph: networkx.Graph[str] = networkx.Graph()
    country = {}
    for pair in everything:
        graph.add_edge(*(city["id"] for city in pair["cities"]))
        country.update({city["id"]: city["country"] for city in pair["cities"]})
    wanted = sorted(
        (len(cities), graph.subgraph(cities).number_of_edges(), sorted({country[city] for city in cities}))
        for cities in networkx.connected_components(graph)
    )
    groups = counted(place, "component")
    assert sorted((group["cities"], group["pairs"], group["countries"]) for group in groups) == wanted
    assert [group["value"] for group in groups] == [str(rank) for rank in range(1, len(groups) + 1)]
    sizes = [group["cities"] for group in groups]
    assert sizes == sorted(sizes, reverse=True)


def test_components_tell_whether_every_country_is_reachable(place: Place) -> None:
    """The countries that no larger component has are named, and the sentence on a terminal counts them."""
    groups = counted(place, "component")
    apart = [code for group in groups[1:] for code in group["only_here"]]
    everywhere = {code for group in groups for code in group["countries"]}
    assert not set(apart) & set(groups[0]["countries"])
    assert set(apart) | set(groups[0]["countries"]) == everywhere
    shown = " ".join(place.table("stats", "--by", "component").stdout.split())
    assert f"{len(everywhere) - len(apart)} of {len(everywhere)} countries" in shown
    pairs = place.run("list").json
    names = {city["country"]: city["country_name"]["en"] for pair in pairs for city in pair["cities"]}
    assert all(names[code] in shown for code in apart[:3])


def test_where_all_are_connected_it_says_so(place: Place, write: Write) -> None:
    """In a chain of three countries each is reachable from each other; without its middle they are apart."""
    joined = network(("alfa-fr", "beta-de"), ("beta-de", "gamma-it"))
    shown = place.table("stats", "--by", "component", "--data", str(write(joined))).stdout
    assert "All 3 countries are reachable from each other." in shown
    parted = network(("alfa-fr", "beta-de"), ("gamma-it", "delta-it"))
    groups = counted(place, "component", "--data", str(write(parted)))
    assert [group["countries"] for group in groups] == [["DE", "FR"], ["IT"]]
    assert groups[1]["only_here"] == ["IT"]


def test_components_of_a_selection_are_its_own(place: Place, write: Write) -> None:
    """Filters leave pairs out of the graph: what only an ended pair connects falls apart."""
    path = str(
        write(network(("alfa-fr", "beta-de"), ("beta-de", "gamma-it", {"status": "ended"}), ("gamma-it", "d-es")))
    )
    assert [group["cities"] for group in counted(place, "component", "--data", path)] == [4]
    active = counted(place, "component", "--data", path, "--status", "active")
    assert [group["cities"] for group in active] == [2, 2]
