"""How well a pair is attested: its confidence and the year in which it was last spoken of.

Derived from the sources, never stored, so that adding a source is enough to change both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from twincli.vocabulary import Confidence, ConfidenceReason, SourceKind

_HOST = re.compile(
    r"https?:/+(?:web\.archive\.org/web/[^/]+/(?:https?:/+)?)?(?:[^/?#@]*@)?(?:www\d?\.)?([^/:?#\[\]]+)", re.IGNORECASE
)
_ASIDE = re.compile(r"\s*\([^)]*\)")


def site_of(url: str) -> str:
    """Return the name of the site that a page is from, also where an archive has kept it; empty where it has none."""
    match = _HOST.match(url)
    return match[1].casefold().rstrip(".") if match else ""


def is_witness(source: Mapping[str, Any]) -> bool:
    """Tell whether a source counts: encyclopedias, mirrors, blogs and forums repeat what others say.

    So does a file that somebody imported without saying where it comes from.
    """
    is_echo = source["kind"] == SourceKind.ENCYCLOPEDIA or source.get("mirror") or source.get("blog")
    return not (is_echo or source["url"].startswith("file:"))


def count_publishers(sources: Iterable[Mapping[str, Any]]) -> int:
    """Return how many independent publishers the sources have.

    Two sources count as two only where both the publisher's name (without asides in parentheses) and the site
    differ, so that an archived page and two wordings of one city's name are not taken for two witnesses.
    """
    witnesses = list(sources)
    publishers = {_ASIDE.sub("", source["publisher"]).casefold() for source in witnesses}
    sites = {site_of(source["url"]) or source["url"] for source in witnesses}
    return min(len(publishers), len(sites))


def judge(sources: Iterable[Mapping[str, Any]], *, disputed: bool) -> tuple[Confidence, ConfidenceReason]:
    """Return the confidence in a pair and why, from its sources' kind, mirror, blog, publisher and url."""
    witnesses = [source for source in sources if is_witness(source)]
    if not witnesses:
        return Confidence.LOW, ConfidenceReason.UNWITNESSED
    official = any(source["kind"] == SourceKind.OFFICIAL for source in witnesses)
    if not official and count_publishers(witnesses) < 2:
        return Confidence.MEDIUM, ConfidenceReason.SINGLE
    if disputed:
        return Confidence.MEDIUM, ConfidenceReason.DISPUTED
    return Confidence.HIGH, ConfidenceReason.OFFICIAL if official else ConfidenceReason.INDEPENDENT


def last_attested(sources: Iterable[Mapping[str, Any]]) -> str | None:
    """Return the newest year in which a dated source speaks of the pair; a mirror's date is not its author's."""
    years = [source["date"][:4] for source in sources if source.get("date") and not source.get("mirror")]
    return max(years, default=None)
