"""Texts that a spreadsheet would run as formulas: how they are written into tables, and read back.

The beginnings that OWASP names under "CSV Injection" (= + - @, tab, carriage return, line feed), and NUL, which its
verification standard adds. Also behind blanks, byte order marks and the like, which some programs strip before they
look; also full-width, which a Japanese Excel takes for the same; and also behind a semicolon, which is where Excel
splits cells in countries that write 1,5 for 1.5, Indonesia and the Netherlands among them, whatever is quoted.
"""

from __future__ import annotations

import re

_RUNS = r"(?=[\s\0\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠]|[\t\r\n\0])"
_FORMULA = re.compile(f"(^|;){_RUNS}")
_PROTECTED = re.compile(f"(^|;)'{_RUNS}")


def protected(text: str) -> str:
    """Return a text with an apostrophe before each part that a spreadsheet would run."""
    return _FORMULA.sub(r"\1'", text)


def unprotected(cell: str) -> str:
    """Return the text of a cell without the apostrophes that ``protected`` puts into it."""
    return _PROTECTED.sub(r"\1", cell) if "'" in cell else cell
