"""What the tests of imports share: a place to import into, and what lies there afterwards."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.conftest import Place, Result

HEADER = "city1,country1,lat1,lng1,city2,country2,lat2,lng2\n"
# Made up, far from any city of that name, and not in the bundled data.
QUELLSTADT = "Quellstadt,Germany,50.1,9.9"
MERSTEIN = "Merstein,Austria,47.5,14.5"
LUMBERTON = "Lumbriz,Spain,40.2,-3.9"
ONE_PAIR = f"{HEADER}{QUELLSTADT},{MERSTEIN}\n"


@dataclass(frozen=True)
class Bench:
    """A sealed place with the layers in it."""

    place: Place

    @property
    def folder(self) -> Path:
        """Where the layers lie."""
        return self.place.home / ".local" / "share" / "twincli" / "layers"

    def write(self, content: str | bytes, name: str = "mine.csv") -> str:
        """Write a file to be imported and return its path."""
        path = self.place.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    def bring(self, content: str | bytes, *options: str, name: str = "mine.csv") -> Result:
        """Import a file of this content."""
        return self.place.run("data", "import", self.write(content, name), *options)

    def layer(self, name: str = "mine") -> dict[str, Any]:
        """Return a layer as plain JSON."""
        content: dict[str, Any] = json.loads((self.folder / f"{name}.json").read_text("utf-8"))
        return content

    def pairs(self, name: str = "mine") -> list[tuple[str, str]]:
        """Return the names of both cities of each pair of a layer, sorted."""
        layer = self.layer(name)
        names = {city["id"]: city["name"] for city in layer["cities"]}
        return sorted((names[one], names[other]) for one, other in (pair["cities"] for pair in layer["pairs"]))

    def pair(self, name: str = "mine") -> dict[str, Any]:
        """Return the only pair of a layer."""
        (pair,) = self.layer(name)["pairs"]
        found: dict[str, Any] = pair
        return found

    def report(self, name: str = "mine") -> list[list[str]]:
        """Return the cells of each line of a report, without its header."""
        lines = (self.folder / f"{name}.rejected.tsv").read_text("utf-8").splitlines()
        return [line.split("\t") for line in lines[1:]]

    def state(self) -> dict[str, bytes]:
        """Return everything in the folder of the layers."""
        return {path.name: path.read_bytes() for path in self.folder.iterdir()} if self.folder.is_dir() else {}
