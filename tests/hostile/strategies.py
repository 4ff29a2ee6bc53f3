"""Texts, values and files that Hypothesis makes."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

# The same examples on every machine, so that CI fails for a reason and not by chance; few, because each is a whole run.
FEW = settings(
    max_examples=25, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
MANY = settings(FEW, max_examples=300)

_SEQUENCES = [
    "\x1b[2J", "\x1b]0;x\x07", "\x9b2J", "\r", "\x00", "\x7f", "\u202e", "\u2066", "\u200b", "\ufeff", "\u2028",
    "\u00ad",
]  # fmt: skip
_STRANGE = [
    "[/x]", "[bold]", ":smile:", "<script>", "</svg>", "&amp;", "]]>", "=1+1", "+1", "-1", "@x", "＝1", "a;=1",
    "../x", "{x}", "%s", "\\", '"', "'", "|", "`", "e\u0301", "Z\u0351\u0300\u0346",
    "東京", "👩‍👩‍👧", "🇮🇩", "السَّلَام", "ﷺ", "İ",
    "²", "NaN", "null",
]  # fmt: skip

_pieces = st.sampled_from(_SEQUENCES + _STRANGE) | st.text(max_size=3)
texts = st.text(max_size=30) | st.lists(_pieces, max_size=4).map("".join)
"""Any text, with what acts on a terminal, and halves of letters."""

words = texts.map(lambda text: text.replace("\0", "").encode("utf-8", "replace").decode())
"""Any word of a command line."""


def _is_allowed(text: str) -> bool:
    return text.isprintable() and bool(text) and text == text.strip()


strange = st.lists(st.sampled_from(_STRANGE) | st.characters(), min_size=1, max_size=5).map("".join).filter(_is_allowed)
"""A strange text that a data file may hold."""

numbers = st.sampled_from(["1e999", "-1e999", "NaN", "Infinity", "-0.0", "9" * 30, "9" * 400, "9" * 5000, "1E5", "01"])
"""A number as it may stand in JSON, or may not."""

_scalars = st.none() | st.booleans() | st.integers() | st.floats() | texts
values = st.recursive(
    _scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3), max_leaves=6
)
"""Any JSON value, and NaN."""


def canonical(content: dict[str, Any]) -> str:
    """Return a data file in the canonical layout, which is read line by line."""
    lines: list[str] = []
    for key, value in content.items():
        records = ",\n".join(map(json.dumps, value)) if isinstance(value, list) else ""
        lines.append(f'"{key}": [\n{records}\n]' if records else f'"{key}": {json.dumps(value)}')
    return "{\n" + ",\n".join(lines) + "\n}\n"
