"""What becomes of Wikidata's statements: which pairs they make, with which dates, sources and names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.layers.conftest import Small, Updater
from tests.layers.endpoint import Endpoint
from tests.layers.wikidata_world import DAY, DECADE, MONTH, YEAR, Moment, World

Serve = Callable[[World], Endpoint]
QUELL_UJUNG = "Quellstadt", "Ujungkota"


@pytest.fixture
def pair_of(small_world: Small, serve: Serve, update: Updater) -> Callable[..., dict[str, object]]:
    """State twinnings of Quellstadt and Ujungkota, update, and return the pair in the layer."""

    def make(*statements: dict[str, object]) -> dict[str, object]:
        for statement in statements:
            ends = small_world.quellstadt, small_world.ujungkota
            one, other = reversed(ends) if statement.pop("back", False) else ends
            small_world.world.twin(one, other, **statement)  # type: ignore[arg-type]
        result = update(serve(small_world.world))
        assert result.status == 0, result.stderr
        found: dict[str, object] = update.pairs()[QUELL_UJUNG]
        return found

    return make


Pair = Callable[..., dict[str, object]]


@pytest.mark.parametrize(
    ("moment", "since"),
    [
        (("1986-05-12", DAY), "1986-05-12"),
        (("1986-05-01", MONTH), "1986-05"),
        (("1986-01-01", YEAR), "1986"),
        (("1986-00-00", DAY), "1986"),
        (("1980-01-01", DECADE), None),
    ],
)
def test_a_date_is_no_more_exact_than_wikidata_knows_it(moment: Moment, since: str | None, pair_of: Pair) -> None:
    """Wikidata writes a year as its first of January; the layer has the year."""
    assert pair_of({"since": moment}).get("since") == since


def test_what_both_items_state_is_one_pair(pair_of: Pair) -> None:
    """A twinning stated on either side is one, with the earliest date in its most exact form, and both items."""
    pair = pair_of({"since": ("1986-01-01", YEAR)}, {"back": True, "since": ("1986-05-12", DAY)})
    assert pair["since"] == "1986-05-12"
    assert len(pair["sources"]) == 2  # type: ignore[arg-type]


def test_a_statement_on_one_side_is_enough(pair_of: Pair) -> None:
    """Many twinnings stand on one city's item only, whichever it is."""
    assert pair_of({"back": True})["status"] == "unknown"


def test_an_end_makes_it_ended(pair_of: Pair) -> None:
    """An end that is past, on one side, is the end, as often only one item has been brought up to date."""
    pair = pair_of({"since": ("1990-01-01", YEAR), "until": ("2010-03-01", MONTH)}, {"back": True})
    assert (pair["status"], pair["since"], pair["until"]) == ("ended", "1990", "2010-03")


def test_an_end_at_an_unknown_time_is_an_end(pair_of: Pair) -> None:
    """That the end is "unknown" says that there was one."""
    pair = pair_of({"ended": True})
    assert (pair["status"], pair.get("until")) == ("ended", None)


def test_a_tie_that_was_taken_up_again_has_not_ended(pair_of: Pair) -> None:
    """An old statement with an end does not end what a newer one says began afterwards."""
    first = {"since": ("1950-01-01", YEAR), "until": ("1961-01-01", YEAR)}
    pair = pair_of(first, {"since": ("1990-01-01", YEAR)})
    assert (pair["status"], pair["since"], pair.get("until")) == ("unknown", "1950", None)


def test_an_end_in_the_future_is_none_yet(pair_of: Pair) -> None:
    """An agreement that runs for some years more is not over."""
    later = f"{date.today().year + 3}-01-01"
    assert pair_of({"until": (later, YEAR)})["status"] == "unknown"


def test_every_pair_names_its_item_and_the_pages_cited(pair_of: Pair, small_world: Small, update: Updater) -> None:
    """The reference of a record is the item that states it; what the item cites stands below it."""
    pair = pair_of({"pages": ["https://quell.example/partner", "ftp://quell.example/"]})
    sources = {source["id"]: source for source in update.layer()["sources"]}
    found = [sources[statement["source"]] for statement in pair["sources"]]  # type: ignore[attr-defined]
    assert {source["url"] for source in found} == {
        f"https://www.wikidata.org/wiki/{small_world.quellstadt}",
        "https://quell.example/partner",
    }
    assert {(source["publisher"], source["kind"]) for source in found} == {("Wikidata", "encyclopedia")}


def test_deprecated_statements_are_left_out(small_world: Small, serve: Serve, update: Updater) -> None:
    """What Wikidata keeps only to say that it is wrong makes no pair; preferred and normal ones both do."""
    world = small_world.world
    for other in range(40):
        world.twin(small_world.waldmarkt, world.city(f"Nebenort {other}", small_world.germany, at=(50, 6 + other / 9)))
    world.twin(small_world.quellstadt, small_world.ujungkota, rank="Deprecated")
    world.twin(small_world.quellstadt, small_world.dijkwolde, rank="Preferred")
    world.twin(small_world.quellstadt, small_world.waldmarkt)
    assert update(serve(world)).status == 0
    assert QUELL_UJUNG not in update.pairs()
    assert {("Dijkwolde", "Quellstadt"), ("Quellstadt", "Waldmarkt")} <= set(update.pairs())


def test_the_indonesian_name_comes_along(pair_of: Pair, update: Updater) -> None:
    """Labels are asked for in English and Indonesian."""
    pair_of({})
    cities = {city["name"]: city for city in update.layer()["cities"]}
    assert cities["Ujungkota"]["names"]["id"] == "Kota Ujung"
    assert "names" not in cities["Quellstadt"]
    assert cities["Quellstadt"]["geonames"] == 900000001


def test_a_label_for_all_languages_serves(small_world: Small, serve: Serve, update: Updater) -> None:
    """Items whose label is the same in many languages have it once, for all of them."""
    world = small_world.world
    world.twin(small_world.quellstadt, world.city(None, small_world.germany, labels={"mul": "Allerort"}))
    world.twin(small_world.quellstadt, world.city(None, small_world.indonesia, at=(-7, 110), labels={"id": "Desa"}))
    assert update(serve(world)).status == 0
    assert set(update.pairs()) == {("Allerort", "Quellstadt"), ("Desa", "Quellstadt")}


def test_what_cannot_be_taken_is_in_the_report_with_its_reason(
    small_world: Small, serve: Serve, update: Updater
) -> None:
    """An item without country, place or label is no city; the report names it, so that Wikidata can be mended."""
    world, city = small_world.world, small_world.quellstadt
    nowhere = world.city("Nowhere")
    placeless = world.city("Placeless", small_world.germany, at=None)
    nameless = world.city(None, small_world.germany)
    crater = world.city("Crater", small_world.germany, globe="<http://www.wikidata.org/entity/Q405> ")
    for other in (nowhere, placeless, nameless, crater, city, small_world.dijkwolde):
        world.twin(city, other)
    # Stated on the item without a country only, which is no country's piece.
    world.twin(world.city("Elsewhere"), city)
    result = update(serve(world))
    assert result.json["rejected"] == 6
    reasons = {row: reason for __, reason, row in update.rejections()}
    for key in (nowhere, placeless, nameless, crater):
        assert any(key in row for row in reasons)
    said = " / ".join(reasons.values())
    assert f"Nowhere ({nowhere}) has no country" in said
    assert "Elsewhere" in said
    assert f"{nameless} has no label" in said
    assert "Placeless" in said
    assert "pairs a city with itself" in said
    assert set(update.pairs()) == {("Dijkwolde", "Quellstadt")}


def test_braces_in_a_label_are_letters(small_world: Small, serve: Serve, update: Updater) -> None:
    """A city in two countries is rejected for that, however it is called."""
    world = small_world.world
    for name in ("Baarle {x}", "Baarle {0}"):
        world.twin(world.city(name, small_world.germany, small_world.netherlands, at=(51, 5)), small_world.quellstadt)
    world.twin(small_world.quellstadt, small_world.dijkwolde)
    result = update(serve(world))
    assert (result.status, result.json["rejected"]) == (0, 2)
    assert len(result.json["reasons"]) == 1
    assert "several countries" in result.json["reasons"][0]["reason"]


def test_unknown_as_the_twin_is_no_pair(small_world: Small, serve: Serve, update: Updater) -> None:
    """That a city has a twin, nobody knows which, says nothing to list."""
    for other in range(20):
        ort = small_world.world.city(f"Nebenort {other}", small_world.germany, at=(50, 6 + other / 9))
        small_world.world.twin(small_world.quellstadt, ort)
    small_world.world.twin(small_world.quellstadt, None)
    result = update(serve(small_world.world))
    assert (result.json["rejected"], len(update.pairs())) == (0, 20)


def test_a_territory_with_a_code_of_its_own_is_the_country(small_world: Small, serve: Serve, update: Updater) -> None:
    """A town in both Greenland and Denmark lies in Greenland; a city state in itself, though it is in China too."""
    world = small_world.world
    denmark, china = world.country("Denmark", "DK"), world.country("China", "CN")
    greenland = world.country("Greenland", "GL", part_of=denmark)
    world.twin(world.city("Isby", denmark, greenland, at=(64, -51)), small_world.quellstadt)
    world.twin(world.city("Inselhafen", china, own="HK", at=(22.3, 114.2)), small_world.quellstadt)
    assert update(serve(world)).status == 0
    countries = {city["name"]: city["country"] for city in update.layer()["cities"]}
    assert (countries["Isby"], countries["Inselhafen"]) == ("GL", "HK")


def test_a_country_that_is_no_more_does_not_hide_the_one_of_today(
    small_world: Small, serve: Serve, update: Updater
) -> None:
    """Items may name the countries that a city has lain in; the one that exists counts, and there must be only one."""
    world = small_world.world
    gone = world.country("German Democratic Republic", "DD")
    world.twin(world.city("Altstadt", gone, small_world.germany, at=(51, 13)), small_world.quellstadt)
    both = world.city("Grenzort", small_world.germany, small_world.netherlands, at=(52, 7))
    world.twin(both, small_world.quellstadt)
    assert update(serve(world)).status == 0
    assert set(update.pairs()) == {("Altstadt", "Quellstadt")}
    assert [reason for __, reason, ___ in update.rejections()] == [
        f"Grenzort ({both}) lies in several countries: Germany, Netherlands"
    ]


def test_of_several_geonames_ids_the_known_one_is_taken(
    small_world: Small, serve: Serve, update: Updater, bundled: dict[str, object]
) -> None:
    """An item that stands for a city and its municipality is the bundled city that has either id."""
    cities: list[dict[str, object]] = bundled["cities"]  # type: ignore[assignment]
    city = next(city for city in cities if city["id"] == "rotterdam-nl")
    known = city["geonames"]
    assert isinstance(known, int)
    world = small_world.world
    rotterdam = world.city("Rotterdam", small_world.netherlands, at=(51.92, 4.47), geonames=[known + 1, known, 1])
    world.twin(small_world.quellstadt, rotterdam)
    assert update(serve(world)).status == 0
    assert "rotterdam-nl" in {city["id"] for city in update.layer()["cities"]}


def test_control_characters_do_not_get_in(small_world: Small, serve: Serve, update: Updater) -> None:
    """A label that could act on a terminal is refused, and shown harmlessly in the report."""
    world = small_world.world
    world.twin(small_world.quellstadt, world.city("Evil\x1b[31mtown", small_world.germany))
    world.twin(small_world.quellstadt, small_world.dijkwolde)
    result = update(serve(world))
    assert result.json["rejected"] == 1
    assert "\x1b" not in (update.folder / "wikidata.rejected.tsv").read_text("utf-8")
