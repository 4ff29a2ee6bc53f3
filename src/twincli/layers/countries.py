"""Which country of today a file means, by any name or code and whatever stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from twincli.dataset.models import Country, Gazetteer
from twincli.layers.values import MAX_NAME
from twincli.text import fold

# ISO 3166-1 has a code of its own for these, though files name the state with them: "Réunion, France".
_TERRITORIES = {
    "AU": "CC CX NF",
    "CN": "HK MO TW",
    "DK": "FO GL",
    "FI": "AX",
    "FR": "BL GF GP MF MQ NC PF PM RE WF YT",
    "GB": "AI BM FK GG GI IM JE KY MS SH TC VG",
    "NL": "AW BQ CW SX",
    "NO": "SJ",
    "NZ": "CK NU TK",
    "US": "AS GU MP PR VI",
}
_STATE_OF = {code: state for state, codes in _TERRITORIES.items() for code in codes.split()}
# Areas that ISO 3166-1, which data files follow, counts to a country, though files name them like one. The name is
# kept as the city's province.
_COUNTED_TO = {
    "abkhazia": "GE",
    "artsakh": "AZ",
    "gaza": "PS",
    "gazastrip": "PS",
    "nagornokarabakh": "AZ",
    "northerncyprus": "CY",
    "turkishrepublicofnortherncyprus": "CY",
    "somaliland": "SO",
    "southossetia": "GE",
    "transnistria": "MD",
    "westbank": "PS",
}
# Spellings that people use and that are no mistakes.
_SPELLINGS = {
    "bosniaandhercegovina": "BA",
    "bosniahercegovina": "BA",
    "eastgermany": "DE",
    "federalrepublicofgermany": "DE",
    "frenchguyana": "GF",
    "gdr": "DE",
    "germandemocraticrepublic": "DE",
    "prc": "CN",
    "prchina": "CN",
    "republicofmacedonia": "MK",
    "surinam": "SR",
    "westgermany": "DE",
}
# States that are several today, so that only the city itself tells which.
_DISSOLVED = frozenset({
    "austriahungary", "cekoslowakia", "czechoslovakia", "fryugoslavia", "jugoslavia", "ottomanempire",
    "serbiaandmontenegro", "sfryugoslavia", "sovietunion", "unisoviet", "ussr", "yugoslavia",
})  # fmt: skip
# Not any aside, or "Georgia (U.S. state)" would become a country.
_ASIDE = re.compile(r"\s*\((?:country|nation|republic|negara|the|[^()]* of(?: the)?)\)$", re.I)
_STYLE = re.compile(
    r"^(?:the|(?:the )?(?:federal |people's |democratic )?(?:republic|kingdom|state) of(?: the)?) ", re.I
)
# What may stand behind a country's name and a comma, as in "Venezuela, Bolivarian Republic of".
_STYLE_BEHIND = re.compile(
    r"(?:the )?(?:(?:arab|bolivarian|federal|federated|former|islamic|plurinational|united|yugoslav) )*"
    r"(?:the|republic|states|state|kingdom|commonwealth|federation|union)(?: of(?: the)?)?",
    re.I,
)
# As the World Bank abbreviates them.
_ABBREVIATED = {
    "dem.": "democratic", "dpr": "democratic people's republic", "dr": "democratic republic", "fed.": "federated",
    "rb": "republic", "rep.": "republic", "sts.": "states",
}  # fmt: skip


@dataclass(frozen=True)
class Meant:
    """What a file's country is: one code where it is clear, several where it is ambiguous, none where it is unknown."""

    codes: tuple[str, ...] = ()
    admin: str | None = None
    """The part of the country that was named with it."""
    is_dissolved: bool = False
    """Whether it is a state that is several today."""

    @property
    def code(self) -> str | None:
        """The code, where it is clear."""
        return self.codes[0] if len(self.codes) == 1 else None


class CountryNames:
    """The countries by every name and code."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._tiers: list[dict[str, set[str]]] = [{}, {}, {}]
        """Names of today and codes; former names; parts that are taken for the whole."""
        self._labels: dict[str, str] = {}
        for country in gazetteer.countries:
            for tier, names in zip(self._tiers, _names(country), strict=True):
                for name in names:
                    tier.setdefault(fold(name), set()).add(country.code)
            self._labels[fold(country.name.en)] = country.name.en
        self._english = {country.code: country.name.en for country in gazetteer.countries}
        self._asked: dict[str, Meant] = {}

    def english(self, code: str) -> str:
        """Return a country's English name."""
        return self._english.get(code, code)

    def meant(self, text: str) -> Meant:
        """Return what a tidy text means."""
        if text not in self._asked:
            if len(self._asked) > 20000:  # a file whose column of countries holds something else
                self._asked.clear()
            self._asked[text] = self._meant(text)
        return self._asked[text]

    def nearest(self, text: str) -> str | None:
        """Return the English name of the country whose name is most like an unknown one, where one is."""
        from difflib import get_close_matches

        close = get_close_matches(fold(text), self._labels, n=1, cutoff=0.75)
        inside = [label for key, label in self._labels.items() if re.search(rf"\b{re.escape(label)}\b", text)]
        return inside[0] if inside else self._labels[close[0]] if close else None

    def _meant(self, text: str) -> Meant:
        key = fold(text)
        if not key or len(text) > MAX_NAME:
            return Meant()
        if key in _DISSOLVED:
            return Meant(is_dissolved=True)
        found = self._named(text)
        if found.codes:
            return found
        shorter = _ASIDE.sub("", text)
        if shorter != text and shorter:
            return self._meant(shorter)
        if "," in text:
            return self._with_comma(text)
        plain = _STYLE.sub("", text)
        return self._meant(plain) if plain != text else Meant()

    def _named(self, text: str) -> Meant:
        key = fold(text)
        for place, tier in enumerate(self._tiers):
            if codes := tier.get(key):
                return Meant(tuple(sorted(codes)), text if place == 2 else None)
        if key in _SPELLINGS:
            return Meant((_SPELLINGS[key],))
        return Meant((_COUNTED_TO[key],), text) if key in _COUNTED_TO else Meant()

    def _with_comma(self, text: str) -> Meant:
        """Return what is meant by "England, United Kingdom", "Réunion, France", "Korea, South"."""
        before, __, last = (part.strip() for part in text.rpartition(","))
        style = " ".join(_ABBREVIATED.get(word.lower(), word) for word in last.split())
        for between in (" ", " of ", " of the "):
            if (turned := self._named(f"{style}{between}{before}")).codes:
                return turned
        around, inside = self._meant(last), self._named(before)
        if around.code:
            # A name inside another country's is a part of it: Georgia, United States.
            if inside.code and _STATE_OF.get(inside.code) == around.code:
                return inside
            if inside.code and _STATE_OF.get(around.code) == inside.code:
                return around
            return Meant(around.codes, None if fold(before) in _DISSOLVED else before or around.admin)
        if inside.codes and _STYLE_BEHIND.fullmatch(style):
            return Meant(inside.codes)
        return Meant(is_dissolved=around.is_dissolved)


def _names(country: Country) -> Iterator[list[str]]:
    names = [country.code, country.alpha3, country.name.en, country.name.id, *country.native, *country.also]
    yield [spelled for name in names for spelled in _spellings(name)]
    yield list(country.former)
    yield list(country.part_of)


def _spellings(name: str) -> Iterator[str]:
    """Yield a name, and it with its abbreviations written out, which CLDR never does."""
    yield name
    full = re.sub(r"\bSt\.?(?= )", "Saint", name.replace("&", "and"))
    if full != name:
        yield full
