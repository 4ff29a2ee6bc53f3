"""The messages that people see, in their language, through gettext's catalogues.

English is the language of the source. ``_`` and ``ngettext`` translate at the moment of the call, ``N_`` only marks a
text for the catalogue. The language is one for the process, as is usual with gettext.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from twincli.vocabulary import Language

if TYPE_CHECKING:
    from gettext import NullTranslations

    from twincli.records import Bilingual

_LOCALES = Path(__file__).parent / "locale"
_catalogue: NullTranslations | None = None
_language = Language.EN


def set_language(language: Language) -> None:
    """Speak this language from now on."""
    global _catalogue, _language
    _language = language
    _catalogue = None
    if language is not Language.EN:
        from gettext import translation

        _catalogue = translation("twincli", _LOCALES, [language], fallback=True)


def language() -> Language:
    """Return the language that people are spoken to in."""
    return _language


def choose_language(environ: Mapping[str, str]) -> tuple[Language, str]:
    """Return the language that the environment asks for, and the variable that says so.

    ``TWINCLI_LANG`` comes first, where it names one of ours, then the variables in gettext's order, in which a language
    that twincli does not speak gives English.
    """
    for variable in ("TWINCLI_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = environ.get(variable, "")
        if value:
            first = value.split(":")[0].split(".")[0].split("@")[0].replace("-", "_").split("_")[0].lower()
            if variable != "TWINCLI_LANG" or first in {"id", "in", "en"}:
                return (Language.ID if first in {"id", "in"} else Language.EN), variable
    return Language.EN, ""


def _(message: str) -> str:
    return _catalogue.gettext(message) if _catalogue else message


def said_in(language: Language, message: str) -> str:
    """Return a message in a language of its own, whichever is spoken."""
    if language is Language.EN:
        return message
    from gettext import translation

    return translation("twincli", _LOCALES, [language], fallback=True).gettext(message)


def spoken(english: str, indonesian: str) -> str:
    """Return the one of two texts that is in the language spoken."""
    return indonesian if _language is Language.ID else english


def ngettext(singular: str, plural: str, count: int) -> str:
    """Return the form of a message that fits a number."""
    if _catalogue:
        return _catalogue.ngettext(singular, plural, count)
    return singular if count == 1 else plural


def N_(message: str) -> str:  # noqa: N802 - the conventional name, which the extractor knows
    """Mark a text for the catalogue; it is translated where it is shown."""
    return message


def pick(text: Bilingual | None) -> tuple[str, Language]:
    """Return the version of a bilingual text for the language spoken, and the language that it is in."""
    if not text:
        return "", _language
    if _language is Language.ID and "id" in text:
        return text["id"], _language
    return text["en"], Language.EN
