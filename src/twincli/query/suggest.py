"""The names nearest to one that is not known: offered, never taken."""

from __future__ import annotations

from collections.abc import Callable, Iterable

# Below this similarity (0 to 1) a name is no likely slip of the one typed.
_CUTOFF = 0.65


def nearest(key: str, rows: Iterable[tuple[str, str, Callable[[], str]]], *, limit: int = 3) -> list[str]:
    """Return descriptions of up to ``limit`` things with the keys most similar to ``key``, best first, each once.

    Similarity is the optimal string alignment distance over the longer length; names that begin with what was typed
    come next. ``rows`` are keys, what each stands for, and a function that describes it.
    """
    # Here, because only a mistyped name needs it.
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    known = {other: (target, describe) for other, target, describe in rows}
    found = extract(
        key, list(known), scorer=OSA.normalized_similarity, score_cutoff=_CUTOFF, limit=limit * 3, processor=None
    )
    keys = [match[0] for match in sorted(found, key=lambda match: (-match[1], match[0]))]
    keys += sorted((other for other in known if len(key) > 2 and other.startswith(key)), key=len)[:limit]
    nearest_of: dict[str, Callable[[], str]] = {}
    for target, describe in (known[other] for other in keys):
        nearest_of.setdefault(target, describe)
    return [describe() for describe in list(nearest_of.values())[:limit]]


def is_near(key: str, other: str) -> bool:
    """Tell whether one of two keys could be a slip of the other."""
    from rapidfuzz.distance import OSA

    return OSA.normalized_similarity(key, other) >= _CUTOFF


def nearest_words(word: str, words: Iterable[str], *, limit: int = 3) -> list[str]:
    """Return the words most similar to one that is not known: those as near as the nearest, in the order given."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract_iter

    found = extract_iter(word, words, scorer=OSA.normalized_similarity, score_cutoff=_CUTOFF, processor=None)
    near = [(other, similarity) for other, similarity, __ in found]
    best = max((similarity for __, similarity in near), default=0.0)
    return [other for other, similarity in near if similarity == best][:limit]
