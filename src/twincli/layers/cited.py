"""The references of an imported file as sources: what only an address tells of one."""

from __future__ import annotations

from pydantic import ValidationError

from twincli.dataset.models import Source
from twincli.dataset.problems import Refusal, reason_of
from twincli.evidence import site_of
from twincli.i18n import N_
from twincli.layers.register import ADD_SOURCE, SOURCE, Register
from twincli.layers.rows import RawSource
from twincli.layers.values import tidy
from twincli.text import clean
from twincli.vocabulary import SourceKind

# What nobody should take for a witness, by the name of its site.
_ENCYCLOPEDIAS = {
    "dbpedia.org": "DBpedia",
    "wikidata.org": "Wikidata",
    "wikimedia.org": "Wikimedia",
    "wikipedia.org": "Wikipedia",
    "wikivoyage.org": "Wikivoyage",
}
_LANGUAGE_UNKNOWN = "und"


def add_source(register: Register, raw: RawSource) -> int:
    """Return the number of a source in the register, put there where it is new. Raises Refusal."""
    source = _source_record(raw)
    record = source.model_dump_json(exclude_defaults=True)
    number = register.add(ADD_SOURCE, record, raw.id and clean(raw.id), source.url, source.publisher)
    return int(register.one(SOURCE, record)[0]) if number is None else number


def _source_record(raw: RawSource) -> Source:
    """Return a source as a record, with what only its address tells. Raises Refusal where it cannot be one."""
    host = site_of(raw.url)
    encyclopedia = _ENCYCLOPEDIAS.get(".".join(host.split(".")[-2:]))
    kind = raw.kind if raw.kind in set(SourceKind) else SourceKind.ENCYCLOPEDIA if encyclopedia else SourceKind.OTHER
    try:
        return Source(
            id="x",  # it gets its own when all are known
            title=tidy(raw.title or raw.url),
            publisher=tidy(raw.publisher or encyclopedia or host or raw.url),
            url=raw.url,
            lang=raw.lang or _LANGUAGE_UNKNOWN,
            date=raw.date,
            kind=SourceKind(kind),
            mirror=raw.mirror,
            blog=raw.blog,
        )
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        raise Refusal(N_("a source whose {field} {reason}"), field=detail["loc"][0], reason=reason_of(detail)) from None
