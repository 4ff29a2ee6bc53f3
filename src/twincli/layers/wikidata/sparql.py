"""What is asked of Wikidata: the SPARQL text, with the reason of each clause beside it.

Plain SPARQL 1.1, all prefixes declared: neither the label service nor hints of one engine, so that any query service
that holds Wikidata's RDF can answer. Comments are taken out before a query is sent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from string import Template

ENTITY = "http://www.wikidata.org/entity/"

_PREFIXES = f"""
PREFIX wd: <{ENTITY}>
PREFIX wdt: <http://www.wikidata.org/prop/direct/>
PREFIX p: <http://www.wikidata.org/prop/>
PREFIX ps: <http://www.wikidata.org/prop/statement/>
PREFIX pq: <http://www.wikidata.org/prop/qualifier/>
PREFIX pqv: <http://www.wikidata.org/prop/qualifier/value/>
PREFIX pr: <http://www.wikidata.org/prop/reference/>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX wikibase: <http://wikiba.se/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""

# The countries that have cities with twinnings, and how many: one query, from which all others are planned.
_COUNTRIES = """
SELECT ?country ?name ?code ?sovereign ?statements WHERE {
  # Counted first and alone, so that what describes a country is looked up once a country and not once a twinning.
  {
    SELECT ?country (COUNT(?statement) AS ?statements) WHERE {
      # Every twinning (P190) of every item. Deprecated ones are counted too: leaving them out needs a look at each,
      # and this is the one query that cannot be split. The numbers only plan the pieces.
      ?city p:P190 ?statement .
      # The item's country (P17): the preferred ones where there are such, else all that are not deprecated.
      ?city wdt:P17 ?country .
    }
    GROUP BY ?country
  }
  # Its English name, for the progress bar and the report.
  OPTIONAL { ?country rdfs:label ?name . FILTER(LANG(?name) = "en") }
  # Its ISO 3166-1 alpha-2 code (P297).
  OPTIONAL { ?country wdt:P297 ?code . }
  # The code of the country that it belongs to, if it is a territory with a code of its own: a city that Wikidata puts
  # both in Greenland and in the Kingdom of Denmark lies in Greenland.
  OPTIONAL { ?country wdt:P17 ?whole . FILTER(?whole != ?country) ?whole wdt:P297 ?sovereign . }
}
"""

# The twinnings that are stated on the items of one country, or of none, or a part of them.
_TWINNINGS = Template("""
SELECT ?statement ?city ?other ?ended ?since ?sincePrecision ?until ?untilPrecision ?url
       $columns
WHERE {
  $cities
  # The statement and what it names as the twin (P190).
  ?city p:P190 ?statement .
  ?statement ps:P190 ?other .
  # "Unknown" as the twin is a blank node or an address outside of the entities.
  FILTER(ISIRI(?other) && STRSTARTS(STR(?other), "$entity"))
  # Statements that Wikidata keeps only to say that they are wrong are left out; preferred and normal ones both count,
  # as a city's other twinnings are no less true because one is preferred.
  ?statement wikibase:rank ?rank .
  FILTER(?rank != wikibase:DeprecatedRank)
  $part
  # When it began (P580): the full value, as only that says how exact it is; a year is written as its first of January.
  OPTIONAL {
    ?statement pqv:P580 ?sinceValue .
    ?sinceValue wikibase:timeValue ?since ; wikibase:timePrecision ?sincePrecision .
  }
  # When it ended (P582), likewise.
  OPTIONAL {
    ?statement pqv:P582 ?untilValue .
    ?untilValue wikibase:timeValue ?until ; wikibase:timePrecision ?untilPrecision .
  }
  # That it ended, also where the date is "unknown" and therefore has no full value.
  OPTIONAL { ?statement pq:P582 ?ended . }
  # The web pages cited for it (P854), a row each.
  OPTIONAL { ?statement prov:wasDerivedFrom/pr:P854 ?url . }
  $ends
}
""")
_OF_COUNTRY = """
  # The items of this country.
  ?city wdt:P17 wd:$country ."""
_OF_NONE = """
  # The items without a country, which are in no other piece; they end up in the report.
  FILTER NOT EXISTS { ?city wdt:P17 ?any . }"""

# What is asked about either end, with ?city or ?other for the end. All optional: what is missing is the report's
# business, not a reason to lose the row.
_END = Template("""
  # Its labels: English, Indonesian, and the one for all languages that stands where many would be equal.
  OPTIONAL { ?$end rdfs:label ?${end}En . FILTER(LANG(?${end}En) = "en") }
  OPTIONAL { ?$end rdfs:label ?${end}Id . FILTER(LANG(?${end}Id) = "id") }
  OPTIONAL { ?$end rdfs:label ?${end}Mul . FILTER(LANG(?${end}Mul) = "mul") }
  # Its coordinates (P625) as a point in WGS 84, or on another globe, which the point then names.
  OPTIONAL { ?$end wdt:P625 ?${end}Point . }
  # Its GeoNames ids (P1566).
  OPTIONAL { ?$end wdt:P1566 ?${end}Geonames . }
  # Its own ISO code (P297), which city states and territories such as Singapore and Hong Kong have.
  OPTIONAL { ?$end wdt:P297 ?${end}Own . }
  # Its country (P17) with code (P297), and with the English name where there is no code.
  OPTIONAL {
    ?$end wdt:P17 ?${end}Country .
    OPTIONAL { ?${end}Country wdt:P297 ?${end}Code . }
    OPTIONAL { ?${end}Country rdfs:label ?${end}CountryName . FILTER(LANG(?${end}CountryName) = "en") }
  }""")
_END_COLUMNS = ("En", "Id", "Mul", "Point", "Geonames", "Own", "Code", "CountryName")
_COMMENT = re.compile(r"\s*(?<![^\s])# .*$", re.MULTILINE)

FINEST = 256
"""Into how many parts a country can be divided: the last two hexadecimal digits of a statement's id."""
_DIGITS = "0123456789abcdef"


@dataclass(frozen=True)
class Part:
    """One of the equal parts that a country's twinnings are divided into, by the end of their statements' ids.

    Those are random, so that the parts are of one size; they never change, so that nothing is lost or counted twice
    when somebody edits Wikidata between two queries, as it would be with LIMIT and OFFSET; and nothing is sorted.
    """

    number: int = 0
    of: int = 1
    """A power of two up to ``FINEST``."""

    def halves(self) -> tuple[Part, Part]:
        """Return two parts that together are this one."""
        return Part(self.number * 2, self.of * 2), Part(self.number * 2 + 1, self.of * 2)

    def clause(self) -> str:
        """Return the SPARQL that only lets this part through, or nothing where it is all."""
        if self.of == 1:
            return ""
        if self.of <= len(_DIGITS):
            width = len(_DIGITS) // self.of
            ending = f"[{_DIGITS[self.number * width : (self.number + 1) * width]}]"
        else:
            width = FINEST // self.of
            last, place = divmod(self.number * width, len(_DIGITS))
            ending = f"[{_DIGITS[place : place + width]}]{_DIGITS[last]}"
        test = f'REGEX(STR(?statement), "{ending}$", "i")'
        if self.number == 0:
            # An id that ends otherwise than all do is nobody's but the first part's, so that the parts are the whole.
            digits = 1 if self.of <= len(_DIGITS) else 2
            test += f' || !REGEX(STR(?statement), "[0-9a-f]{{{digits}}}$", "i")'
        return f"FILTER({test})"


def countries_query() -> str:
    """Return the query for the countries that have cities with twinnings."""
    return _ready(_COUNTRIES)


def twinnings_query(country: str | None, part: Part) -> str:
    """Return the query for a part of the twinnings stated on the items of a country (such as Q183), or of none."""
    text = _TWINNINGS.substitute(
        columns=" ".join(f"?{end}{column}" for end in ("city", "other") for column in _END_COLUMNS),
        cities=Template(_OF_COUNTRY).substitute(country=country) if country else _OF_NONE,
        entity=ENTITY + "Q",
        part=part.clause(),
        ends="".join(_END.substitute(end=end) for end in ("city", "other")),
    )
    return _ready(text)


def _ready(text: str) -> str:
    lines = _COMMENT.sub("", _PREFIXES + text).splitlines()
    return "\n".join(line.strip() for line in lines if line.strip())
