"""How well a pair is attested: the rules of confidence and of the year in which it was last spoken of."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import Place
from twincli.evidence import count_publishers, is_witness, judge, last_attested
from twincli.vocabulary import Confidence, ConfidenceReason, SourceKind

Source = dict[str, Any]


def source(kind: str = "press", publisher: str = "Tempo", url: str = "https://tempo.co/1", **more: Any) -> Source:
    """Return a source as it stands in a pair's document."""
    return {"kind": kind, "publisher": publisher, "url": url, **more}


ANTARA = source("press", "ANTARA", "https://antaranews.com/1")
TEMPO = source("press", "Tempo", "https://tempo.co/1")
CITY = source("official", "City of Rotterdam", "https://rotterdam.nl/1")
WIKIPEDIA = source("encyclopedia", "Wikipedia", "https://en.wikipedia.org/wiki/Jakarta")
COPY = source("encyclopedia", "Wikiwand", "https://wikiwand.com/Jakarta", mirror=True)
MIRROR = source("official", "City of Jakarta (at docplayer)", "https://docplayer.info/1", mirror=True)
BLOG = source("press", "A traveller", "https://blogspot.com/1", blog=True)


@pytest.mark.parametrize(
    ("sources", "confidence", "reason"),
    [
        ([CITY], "high", "official"),
        ([CITY, WIKIPEDIA], "high", "official"),
        ([ANTARA, TEMPO], "high", "independent"),
        ([ANTARA, TEMPO, CITY], "high", "official"),
        ([ANTARA], "medium", "single"),
        ([ANTARA, WIKIPEDIA], "medium", "single"),
        ([ANTARA, BLOG, MIRROR, COPY], "medium", "single"),
        ([source("partner")], "medium", "single"),
        ([source("academic")], "medium", "single"),
        ([source("other")], "medium", "single"),
        ([WIKIPEDIA], "low", "unwitnessed"),
        ([WIKIPEDIA, COPY], "low", "unwitnessed"),
        ([MIRROR], "low", "unwitnessed"),
        ([BLOG], "low", "unwitnessed"),
        ([BLOG, MIRROR, WIKIPEDIA, COPY], "low", "unwitnessed"),
        ([source("official", blog=True)], "low", "unwitnessed"),
        ([], "low", "unwitnessed"),
    ],
)
def test_confidence_follows_from_who_speaks(sources: list[Source], confidence: str, reason: str) -> None:
    """High: an official source or two independent publishers; low: nobody but encyclopedias, copies and blogs."""
    assert judge(sources, disputed=False) == (confidence, reason)


@pytest.mark.parametrize("sources", [[CITY], [ANTARA, TEMPO], [CITY, ANTARA, TEMPO]])
def test_a_disputed_pair_is_never_of_high_confidence(sources: list[Source]) -> None:
    """However many attest it, where they disagree it is medium, with that reason."""
    assert judge(sources, disputed=True) == (Confidence.MEDIUM, ConfidenceReason.DISPUTED)


def test_a_dispute_makes_weak_evidence_no_weaker() -> None:
    """What was medium or low stays so, for its own reason."""
    assert judge([ANTARA], disputed=True) == (Confidence.MEDIUM, ConfidenceReason.SINGLE)
    assert judge([WIKIPEDIA], disputed=True) == (Confidence.LOW, ConfidenceReason.UNWITNESSED)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Tempo", "https://tempo.co/1"), ("Tempo", "https://english.tempo.co/1")),
        (("Tempo", "https://tempo.co/1"), ("TEMPO", "https://tempo.id/1")),
        (("Tempo", "https://tempo.co/1"), ("Tempo (at a reader's)", "https://example.org/1")),
        (("Tempo", "https://tempo.co/1"), ("Tempo (archived)", "https://web.archive.org/web/2019/https://tempo.co/1")),
        (("Tempo", "https://tempo.co/1"), ("Tempo.co", "https://web.archive.org/web/2019/https://tempo.co/2")),
        (("Tempo", "https://tempo.co/1"), ("Tempo English", "http://www.tempo.co:80/2")),
        (("Tempo", "https://tempo.co/1"), ("Koran Tempo", "https://TEMPO.co/2?x=1")),
    ],
)
def test_two_pages_of_one_publisher_are_one_witness(one: tuple[str, str], other: tuple[str, str]) -> None:
    """Another page, an archived copy, another spelling or another site of the same publisher is no second witness."""
    sources = [source(publisher=publisher, url=url) for publisher, url in (one, other)]
    assert count_publishers(sources) == 1
    assert judge(sources, disputed=False)[0] is Confidence.MEDIUM


def test_two_publishers_in_one_archive_are_two_witnesses() -> None:
    """An archived page counts for the site that it was archived from."""
    sources = [
        source(publisher="Tempo", url="https://web.archive.org/web/2019/https://tempo.co/1"),
        source(publisher="ANTARA", url="https://web.archive.org/web/2020/https://antaranews.com/1"),
    ]
    assert judge(sources, disputed=False) == (Confidence.HIGH, ConfidenceReason.INDEPENDENT)


SOURCES = st.builds(
    source,
    kind=st.sampled_from([str(kind) for kind in SourceKind]),
    publisher=st.sampled_from(["A", "B", "C"]),
    url=st.sampled_from(["https://a.org/", "https://b.org/", "https://c.org/"]),
    mirror=st.booleans(),
    blog=st.booleans(),
    date=st.sampled_from([None, "1999", "2004-05", "2020-01-02"]),
)
RANK = [Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH]


@settings(deadline=None)
@given(st.lists(SOURCES, max_size=5), SOURCES, st.booleans())
def test_one_more_source_never_lowers_the_confidence(sources: list[Source], more: Source, disputed: bool) -> None:
    """Adding what one has read can only help; and what is no witness changes nothing."""
    before, after = judge(sources, disputed=disputed), judge([*sources, more], disputed=disputed)
    assert RANK.index(after[0]) >= RANK.index(before[0])
    if not is_witness(more):
        assert after == before


@settings(deadline=None)
@given(st.lists(SOURCES, max_size=5), st.randoms(use_true_random=False), st.booleans())
def test_the_order_of_the_sources_does_not_matter(sources: list[Source], random: Any, disputed: bool) -> None:
    """Neither for the confidence nor for the year."""
    shuffled = random.sample(sources, len(sources))
    assert judge(shuffled, disputed=disputed) == judge(sources, disputed=disputed)
    assert last_attested(shuffled) == last_attested(sources)


@pytest.mark.parametrize(
    ("sources", "year"),
    [
        ([], None),
        ([source()], None),
        ([source(date=None)], None),
        ([source(date="2019")], "2019"),
        ([source(date="2019-05-12"), source(date="2004")], "2019"),
        ([source(date="2004"), source()], "2004"),
        ([source(date="2019", mirror=True)], None),
        ([source(date="2004"), source(date="2019", mirror=True)], "2004"),
        ([source("encyclopedia", date="2019")], "2019"),
        ([source(date="2019", blog=True)], "2019"),
    ],
)
def test_a_pair_is_as_of_the_newest_year_of_a_dated_source(sources: list[Source], year: str | None) -> None:
    """The date of a copy is not its author's; every other dated source speaks for its year."""
    assert last_attested(sources) == year


def test_every_pair_is_shown_with_what_follows_from_its_sources(place: Place) -> None:
    """``confidence`` and ``as_of`` in the JSON are those of the sources beside them."""
    for pair in place.run("list").json:
        assert pair["confidence"] == judge(pair["sources"], disputed=pair["disputed"])[0], pair["id"]
        assert pair["as_of"] == last_attested(pair["sources"]), pair["id"]
