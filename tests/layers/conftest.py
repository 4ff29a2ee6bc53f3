"""What the tests of layers share: an endpoint that holds a world in Wikidata's shape, and the update that asks it."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.conftest import Place, Result
from tests.layers.endpoint import Endpoint
from tests.layers.importing import Bench
from tests.layers.wikidata_world import World


@dataclass
class Small:
    """A world of three countries with a city or two each, which the bundled data does not have."""

    world: World = field(default_factory=World)

    def __post_init__(self) -> None:
        world = self.world
        self.germany = world.country("Germany", "DE")
        self.indonesia = world.country("Indonesia", "ID")
        self.netherlands = world.country("Netherlands", "NL")
        self.quellstadt = world.city("Quellstadt", self.germany, at=(50.1, 9.9), geonames=[900000001])
        self.waldmarkt = world.city("Waldmarkt", self.germany, at=(52.3, 11.2))
        self.ujungkota = world.city("Ujungkota", self.indonesia, at=(-7.1, 110.2), labels={"id": "Kota Ujung"})
        self.dijkwolde = world.city("Dijkwolde", self.netherlands, at=(52.8, 6.1))


@pytest.fixture
def bench(place: Place) -> Bench:
    """A sealed place to import into."""
    return Bench(place)


@pytest.fixture
def small_world() -> Small:
    """Three countries, four cities, no twinning yet."""
    return Small()


@pytest.fixture
def serve() -> Iterator[Callable[[World], Endpoint]]:
    """Serve a world on loopback until the test ends."""
    with contextlib.ExitStack() as stack:
        yield lambda world: stack.enter_context(Endpoint(world.store()))


@dataclass
class Updater:
    """A sealed place, and what ``data update`` does there."""

    place: Place

    def arguments(self, endpoint: Endpoint, *more: str) -> list[str]:
        """Return the command line: impatient, so that the test is quick; options in ``more`` come last and win."""
        return ["data", "update", "--endpoint", endpoint.url, "--timeout", "5", "--pause", "0.01", *more]

    def __call__(self, endpoint: Endpoint, *more: str) -> Result:
        """Run the update."""
        return self.place.run(*self.arguments(endpoint, *more))

    @property
    def folder(self) -> Any:
        """Where layers lie."""
        return self.place.home / ".local" / "share" / "twincli" / "layers"

    def layer(self) -> dict[str, Any]:
        """Return the layer that is installed."""
        content: dict[str, Any] = json.loads((self.folder / "wikidata.json").read_text("utf-8"))
        return content

    def pairs(self) -> dict[tuple[str, str], dict[str, Any]]:
        """Return the layer's pairs by the names of their cities, sorted."""
        layer = self.layer()
        names = {city["id"]: city["name"] for city in layer["cities"]}
        found = {}
        for pair in layer["pairs"]:
            one, other = sorted(names[end] for end in pair["cities"])
            found[one, other] = pair
        return found

    def rejections(self) -> list[list[str]]:
        """Return the rows of the report: line, reason, row."""
        lines = (self.folder / "wikidata.rejected.tsv").read_text("utf-8").splitlines()
        return [line.split("\t") for line in lines[1:]]


@pytest.fixture
def update(fresh: Place) -> Updater:
    """Run ``data update`` in a sealed place with an empty cache."""
    return Updater(fresh)
