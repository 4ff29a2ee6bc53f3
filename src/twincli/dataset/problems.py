"""What a check finds, and how Pydantic's findings are put into a reader's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

_WORDS = {
    "extra_forbidden": "is not a known key",
    "missing": "is missing",
    "string_type": "is not text",
    "string_too_short": "is empty",
    "int_type": "is not a whole number",
    "float_type": "is not a number",
    "bool_type": "is neither true nor false",
    "tuple_type": "is not a list",
    "model_type": "is not an object",
    "dict_type": "is not an object",
    "finite_number": "is not a finite number",
    # What Python's reader lets pass and Pydantic's does not.
    "json_invalid": "is nested too deeply, or holds half of a UTF-16 surrogate pair",
}
# With what the error tells: the input, and the context that Pydantic documents for the type.
_TEMPLATES = {
    "enum": "is {input}, not one of {expected}",
    "literal_error": "is {input}, not one of {expected}",
    "value_error": "{error}",
    "string_pattern_mismatch": "is {input}, which does not match {pattern}",
    "string_too_long": "is longer than {wanted} characters",
    "less_than_equal": "is {input}, out of range",
    "greater_than_equal": "is {input}, out of range",
    "greater_than": "is {input}, out of range",
    "too_short": "has {actual_length} entries instead of {wanted}",
    "too_long": "has {actual_length} entries instead of {wanted}",
}


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: where it stands and why it is wrong."""

    file: str
    record: str | None
    field: str | None
    reason: str
    is_warning: bool = False

    def __str__(self) -> str:
        where = ": ".join(part for part in (self.record, self.field) if part)
        return f"{where} {self.reason}" if where else self.reason


def reason_of(error: Mapping[str, Any]) -> str:
    """Return one of Pydantic's error details as the predicate of a sentence about the field."""
    kind = str(error["type"])
    if kind in _WORDS:
        return _WORDS[kind]
    template = _TEMPLATES.get(kind)
    if template is None:
        return str(error["msg"])
    context = error.get("ctx", {})
    wanted = context.get("min_length", context.get("max_length"))
    return template.format_map({"input": _shown(error["input"]), "wanted": wanted, **context})


def _shown(value: object, limit: int = 60) -> str:
    text = repr(value)
    return text if len(text) <= limit else text[:limit] + "…"


def problems_of(error: ValidationError, *, file: str, record: str | None) -> list[Problem]:
    """Return every finding of one record's validation."""
    return [
        Problem(file, record, ".".join(str(step) for step in detail["loc"]) or None, reason_of(detail))
        for detail in error.errors(include_url=False)
    ]
