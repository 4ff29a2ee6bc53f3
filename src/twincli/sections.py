"""The sections of a concept note's body: Markdown whose second-level headings divide it."""

from __future__ import annotations

import re

# In the form that looks at no blank twice, however many there are.
_HEADING = re.compile(r"^## +(\S.*)$", re.MULTILINE)


def section_titles(body: str) -> list[str]:
    """Return the titles of a body's sections, in order."""
    return [title.rstrip() for title in _HEADING.findall(body)]


def section(body: str, place: int) -> str:
    """Return one section with its heading; ``place`` counts from 0. Raises IndexError where there is none."""
    starts = [match.start() for match in _HEADING.finditer(body)] + [len(body)]
    return body[starts[place] : starts[place + 1]].rstrip()
