"""Write a data file of any number of made-up pairs, for measurements of scale.

    python benchmarks/synthetic.py PAIRS FILE

Cities, one for every twenty pairs and 1,000 at least, are spread over all countries of data/countries.json as the
bundled ones are, with made-up names; each pair has one source of some thousands, fields, dates and a status. The same
number gives the same file.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[1] / "data"
SYLLABLES = [consonant + vowel for consonant in "bklmnrstv" for vowel in "aeo"]
FIELDS = ["culture", "education", "economy", "tourism", "water"]
STATUSES = ["active"] * 6 + ["unknown"] * 3 + ["ended"]
SOURCES = 5000


def cities(count: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    bundled = json.loads((DATA / "pairs.json").read_text("utf-8"))["cities"]
    for number in range(count):
        like = chance.choice(bundled)
        name = "".join(chance.choice(SYLLABLES) for __ in range(4)).capitalize() + f" {number}"
        yield {
            "id": f"{name.lower().replace(' ', '-')}-{like['country'].lower()}",
            "name": name,
            "country": like["country"],
            "admin": f"Province {number % 50}",
            "level": "city",
            "lat": round(max(-89.0, min(89.0, like["lat"] + chance.uniform(-1, 1))), 4),
            "lon": round(max(-179.0, min(179.0, like["lon"] + chance.uniform(-1, 1))), 4),
        }


def pairs(count: int, ends: list[str], chance: random.Random) -> Iterator[dict[str, Any]]:
    seen: set[tuple[int, int]] = set()
    while len(seen) < count:
        one, other = sorted(chance.sample(range(len(ends)), 2))
        if (one, other) in seen:
            continue
        seen.add((one, other))
        status = chance.choice(STATUSES)
        pair: dict[str, Any] = {
            "id": f"pair-{len(seen):09d}",
            "cities": [ends[one], ends[other]],
            "kind": "sister",
            "status": status,
            "since": str(chance.randint(1950, 2010)),
        }
        if status == "ended":
            pair["until"] = "2015"
        pair["fields"] = sorted(chance.sample(FIELDS, 2))
        source = f"source-{chance.randrange(SOURCES)}"
        pair["sources"] = [{"source": source, "says": "Names the two among its twin cities."}]
        yield pair


def sources() -> Iterator[dict[str, Any]]:
    for number in range(SOURCES):
        yield {
            "id": f"source-{number}",
            "title": f"Twin cities, list {number}",
            "publisher": f"City of Number {number}",
            "url": f"https://example.org/{number}",
            "lang": "en",
            "date": str(2000 + number % 25),
            "kind": "official" if number % 3 else "press",
        }


def write(count: int, path: Path) -> None:
    """Write the file in the canonical layout."""
    chance = random.Random(count)
    places = sorted(cities(max(1000, count // 20), chance), key=lambda city: city["id"])
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('{\n"format": 1,\n"title": "made up",\n"date": "2026-01-01",\n"licence": "CC0",\n')
        sections = {
            "cities": places,
            "sources": sorted(sources(), key=lambda source: source["id"]),
            "pairs": pairs(count, [city["id"] for city in places], chance),
        }
        for name, records in sections.items():
            file.write(f'"{name}": [\n')
            for place, record in enumerate(records):
                file.write((",\n" if place else "") + json.dumps(record, ensure_ascii=False))
            file.write("\n]" + (",\n" if name != "pairs" else "\n"))
        file.write("}\n")


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
