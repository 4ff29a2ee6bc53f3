"""What a check finds, and how Pydantic's findings are put into a reader's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from twincli.i18n import N_, _

# So many faults of one file are listed: whoever mends them will ask again, and a hostile file has no end of them.
MOST_PROBLEMS = 10_000

_WORDS = {
    "extra_forbidden": N_("is not a known key"),
    "missing": N_("is missing"),
    "string_type": N_("is not text"),
    "string_too_short": N_("is empty"),
    "int_type": N_("is not a whole number"),
    "float_type": N_("is not a number"),
    "bool_type": N_("is neither true nor false"),
    "bool_parsing": N_("is neither true nor false"),
    "int_parsing_size": N_("holds a number with too many digits"),
    "tuple_type": N_("is not a list"),
    "model_type": N_("is not an object"),
    "dict_type": N_("is not an object"),
    "finite_number": N_("is not a finite number"),
    # What Python's reader lets pass and Pydantic's does not.
    "json_invalid": N_("is nested too deeply, or holds half of a UTF-16 surrogate pair"),
    "string_unicode": N_("is nested too deeply, or holds half of a UTF-16 surrogate pair"),
}
# With what the error tells: the input, and the context that Pydantic documents for the type.
_TEMPLATES = {
    "enum": N_("is {input}, not one of {expected}"),
    "literal_error": N_("is {input}, not one of {expected}"),
    "string_pattern_mismatch": N_("is {input}, which does not match {pattern}"),
    "string_too_long": N_("is longer than {wanted} characters"),
    "less_than": N_("is {input}, out of range"),
    "less_than_equal": N_("is {input}, out of range"),
    "greater_than_equal": N_("is {input}, out of range"),
    "greater_than": N_("is {input}, out of range"),
    "too_short": N_("has {actual_length} entries instead of {wanted}"),
    "too_long": N_("has {actual_length} entries instead of {wanted}"),
}


class Reason(str):
    """Why something is wrong: the predicate of a sentence, in English for programs, translated for people.

    Made from a message of the catalogue and what to put into it.
    """

    __slots__ = ("message", "values")
    message: str
    values: Mapping[str, Any]

    def __new__(cls, message: str, /, **values: Any) -> Reason:
        """Return the reason as English text that can say itself in other languages."""
        self = super().__new__(cls, message.format_map(values))
        self.message, self.values = message, values
        return self

    def said(self) -> str:
        """Return the reason in the language spoken."""
        said = {name: value.said() if isinstance(value, Reason) else value for name, value in self.values.items()}
        return _(self.message).format_map(said)


class Refusal(Exception):
    """Something that cannot be taken, with the reason; it is made like one."""

    def __init__(self, message: str, /, **values: object) -> None:
        super().__init__(message)
        self.reason = Reason(message, **values)


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: where it stands and why it is wrong."""

    file: str
    record: str | None
    field: str | None
    reason: Reason
    is_warning: bool = False

    def __str__(self) -> str:
        where = ": ".join(part for part in (self.record, self.field) if part)
        return f"{where} {self.reason.said()}" if where else self.reason.said()


def reason_of(error: Mapping[str, Any]) -> Reason:
    """Return one of Pydantic's error details as the predicate of a sentence about the field."""
    kind = str(error["type"])
    context = error.get("ctx", {})
    if kind in _WORDS:
        return Reason(_WORDS[kind])
    if kind in _TEMPLATES:
        wanted = context.get("min_length", context.get("max_length"))
        values = {"input": _shown(error["input"]), "wanted": wanted}
        return Reason(_TEMPLATES[kind], **values, **context)
    reason = context["error"].args[0] if kind == "value_error" else None
    return reason if isinstance(reason, Reason) else Reason("{message}", message=error["msg"])


def _shown(value: object, limit: int = 60) -> str:
    text = repr(value)
    return text if len(text) <= limit else text[:limit] + "…"


def problems_of(error: ValidationError, *, file: str, record: str | None) -> list[Problem]:
    """Return every finding of one record's validation."""
    return [
        Problem(file, record, ".".join(str(step) for step in detail["loc"]) or None, reason_of(detail))
        for detail in error.errors(include_url=False)
    ]
