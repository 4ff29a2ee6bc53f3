"""Bring the gettext catalogues in step with the source.

    python scripts/messages.py [--check]

Extracts every message of src/twincli, updates locale/id/LC_MESSAGES/twincli.po (new messages appear untranslated,
gone ones disappear) and compiles twincli.mo from it. With --check nothing is written, and the status is 1 where a file
is out of step, or a message has no Indonesian.
"""

from __future__ import annotations

import io
import struct
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

from in_step import keep_in_step

SOURCE = Path(__file__).parents[1] / "src" / "twincli"
PO = SOURCE / "locale" / "id" / "LC_MESSAGES" / "twincli.po"
MO = PO.with_suffix(".mo")
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}


def extracted() -> Catalog:
    """Return every message of the source, with the files that it stands in but no line numbers, which only churn."""
    catalog = Catalog(locale="id", project="twincli", version="", charset="utf-8", fuzzy=False)
    catalog.mime_headers = [("Plural-Forms", "nplurals=1; plural=0;")]  # Babel has no rule for Indonesian
    found = extract_from_dir(SOURCE, [("**.py", "python")], keywords=KEYWORDS, comment_tags=("Translators:",))
    for filename, __, message, comments, context in sorted(found, key=lambda entry: (entry[0], entry[1])):
        flags = ["python-brace-format"] if "{" in str(message) else []
        catalog.add(message, None, [(filename, 0)], flags=flags, auto_comments=comments, context=context)
    return catalog


def updated() -> Catalog:
    """Return the catalogue of the source with the translations that there are."""
    catalog = extracted()
    if PO.exists():
        with PO.open("rb") as file:
            translated = read_po(file)
        for message in catalog:
            old = translated.get(message.id, message.context) if message.id else None
            if old is not None:
                message.string = old.string
    for message in catalog:
        if message.pluralizable and not any(message.string or ()):
            message.string = ("",)  # Indonesian has one form for all numbers
    return catalog


def po_text(catalog: Catalog) -> bytes:
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=110, omit_header=True, sort_output=True, include_lineno=False)
    header = (
        '# Indonesian for twincli. Made by scripts/messages.py; only the lines "msgstr" are written by hand.\n'
        'msgid ""\nmsgstr ""\n"Language: id\\n"\n"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
        '"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
    )
    return header.encode() + buffer.getvalue()


def mo_bytes(catalog: Catalog) -> bytes:
    # Babel would write the minute of now, and the file would be out of step with itself.
    catalog.creation_date = datetime.fromtimestamp(0, UTC)
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def is_same(one: bytes, other: bytes) -> bool:
    """Tell whether two catalogues hold the same. A compiled one names its Babel, which may be another elsewhere."""
    if one == other:
        return True
    try:
        kept, made = (
            {str(message.id): message.string for message in read_mo(io.BytesIO(content)) if message.id}
            for content in (one, other)
        )
    except (OSError, ValueError, struct.error):
        return False
    return kept == made


def untranslated(catalog: Catalog) -> list[str]:
    return [str(message.id) for message in catalog if message.id and not any(message.string or ())]


def main() -> None:
    catalog = updated()
    files = {PO: po_text(catalog)}
    with io.BytesIO(files[PO]) as buffer:
        files[MO] = mo_bytes(read_po(buffer))
    missing = [f"no Indonesian: {message}" for message in untranslated(catalog)]
    keep_in_step(files, __doc__, is_same=is_same, faults=missing)


if __name__ == "__main__":
    main()
