"""Refresh what data/countries.json takes from Unicode CLDR.

    python scripts/countries.py FOLDER

Names in English, Indonesian and each country's official languages come from CLDR through Babel; the regions (UN M49)
and three-letter codes from ``territoryContainment.json`` and ``codeMappings.json`` in the FOLDER ``supplemental`` of
Unicode's package cldr-core. Both are under the Unicode licence. What people added by hand is kept: the keys ``also``,
``former`` and ``part_of``, and each name listed in ``chosen``, where everyday usage differs from CLDR.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.languages import get_official_languages

COUNTRIES = Path(__file__).parents[1] / "data" / "countries.json"
LANGUAGES = ("en", "id")
WORLD = "001"
# Places that CLDR lists but that have no cities of their own, or are not countries.
NOT_COUNTRIES = {"AC", "AQ", "BV", "CP", "CQ", "DG", "EA", "EU", "EZ", "HM", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}


def parents(containment: dict[str, Any]) -> dict[str, str]:
    """Return each territory's M49 parent, walking down from the world, so that other groupings stay out."""
    result: dict[str, str] = {}
    waiting = [WORLD]
    while waiting:
        code = waiting.pop()
        for child in containment.get(code, {}).get("_contains", []):
            result[child] = code
            waiting.append(child)
    return result


def native_names(code: str) -> list[str]:
    """Return the country's name in its official languages, without repetition."""
    names: list[str] = []
    for language in get_official_languages(code, de_facto=True):
        try:
            name = Locale.parse(language).territories.get(code)
        except (UnknownLocaleError, ValueError):
            continue
        if name and name not in names:
            names.append(name)
    return names


def supplement(name: str) -> dict[str, Any]:
    """Return one table of CLDR's supplemental data."""
    table: dict[str, Any] = json.loads(Path(sys.argv[1], f"{name}.json").read_text("utf-8"))["supplemental"][name]
    return table


def main() -> None:
    parent = parents(supplement("territoryContainment"))
    codes = supplement("codeMappings")
    known = json.loads(COUNTRIES.read_text("utf-8"))
    kept = {country["code"]: country for country in known["countries"]}
    locales = {language: Locale.parse(language) for language in LANGUAGES}

    countries = []
    for code in sorted(locales["en"].territories):
        if len(code) != 2 or code in NOT_COUNTRIES or code not in parent:
            continue
        old = kept.get(code, {})
        names = {language: locales[language].territories[code] for language in LANGUAGES}
        for language in old.get("chosen", []):
            names[language] = old["name"][language]
        country = {"code": code, "alpha3": codes[code]["_alpha3"], "region": parent[code], "name": names}
        country["native"] = [name for name in native_names(code) if name not in names.values()]
        country |= {key: old[key] for key in ("also", "former", "part_of", "chosen") if old.get(key)}
        countries.append(country)

    used = {country["region"] for country in countries}
    regions = []
    for code in sorted(used | {parent[code] for code in used}):
        if code != WORLD:
            above = parent[code]
            names = {language: locales[language].territories[code] for language in LANGUAGES}
            regions.append({"code": code, "parent": None if above == WORLD else above, "name": names})

    known |= {"countries": countries, "regions": regions}
    lists = []
    for key, value in known.items():
        if isinstance(value, list):
            rows = ",\n".join(json.dumps(row, ensure_ascii=False) for row in value)
            lists.append(f"{json.dumps(key)}: [\n{rows}\n]")
        else:
            lists.append(f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}")
    COUNTRIES.write_text("{\n" + ",\n".join(lists) + "\n}\n", "utf-8")


if __name__ == "__main__":
    main()
