"""Data files of our own, made from what links which cities."""

from __future__ import annotations

from typing import Any

# A source of each kind that decides on the confidence of the pairs that it alone attests.
SOURCES = {"high": "official", "medium": "press", "low": "encyclopedia"}


def network(*links: tuple[str, str, dict[str, Any]] | tuple[str, str]) -> dict[str, Any]:
    """Return a data file of pairs between cities with ids such as ``alfa-fr``.

    All are sister cities, active and of high confidence unless a link says otherwise with keys of its own;
    ``confidence`` chooses the source that gives it.
    """
    ends = sorted({city for link in links for city in link[:2]})
    cities = []
    for place, city in enumerate(ends):
        name, __, country = city.rpartition("-")
        cities.append(
            {
                "id": city,
                "name": name.title(),
                "country": country.upper(),
                "level": "city",
                "lat": 40 + place / 100,
                "lon": 5,
            }
        )
    pairs = []
    for link in links:
        one, other = sorted(link[:2])
        extra = dict(link[2]) if len(link) == 3 else {}
        source = extra.pop("confidence", "high")
        pair = {
            "id": f"{one}-{other}",
            "cities": [one, other],
            "kind": "sister",
            "status": "active",
            "sources": [{"source": source, "says": "Names the pair."}],
        }
        pairs.append({**pair, **extra})
    sources = [
        {"id": name, "title": name, "publisher": name, "url": f"https://{name}.example/", "lang": "en", "kind": kind}
        for name, kind in SOURCES.items()
    ]
    return {
        "format": 1,
        "title": "A network",
        "date": "2026-11-01",
        "licence": "CC0",
        "cities": cities,
        "sources": sources,
        "pairs": pairs,
    }
