"""The file that is imported: opened, told from what is no text, its encoding found out."""

from __future__ import annotations

import codecs
import errno
import io
import os
import shutil
import stat
from contextlib import suppress
from pathlib import Path
from typing import IO, Protocol, TextIO

from twincli.command_lines import quoted
from twincli.errors import BadData, BadUsage, cannot_read, system_reason
from twincli.i18n import N_, _
from twincli.text import clean

MAX_LINE = 1 << 20
"""Longer lines belong to no table of cities; without a bound, one broken file would fill the memory."""
_CHUNK = 1 << 20
# So much is read to tell what a file is.
_BEGINNING = 1 << 16
# How messages call it.
_STDIN = "stdin"
# How compressed files begin, by which program, and how it is undone.
_COMPRESSED = (
    (b"\x1f\x8b", "gzip", "gunzip -c"),
    (b"BZh", "bzip2", "bunzip2 -c"),
    (b"\xfd7zXZ", "xz", "unxz -c"),
    (b"\x28\xb5\x2f\xfd", "zstd", "unzstd -c"),
    (b"PK\x03\x04", "zip", "unzip -p"),
)
# How other files begin that are no text, and what to say of them.
_SIGNATURES = (
    (b"7z\xbc\xaf", N_("{file} is a 7z archive; unpack it and import the file inside.")),
    (b"%PDF", N_("{file} is a PDF document; a table (CSV, TSV) or JSON is needed.")),
    (b"\xd0\xcf\x11\xe0", N_("{file} is a spreadsheet; save it as CSV and import that.")),
    (b"SQLite format 3", N_("{file} is an SQLite database; export its table as CSV and import that.")),
    (b"PAR1", N_("{file} is a Parquet file; export it as CSV and import that.")),
)
# Names inside the archives that spreadsheet programs write.
_SHEETS = (b"xl/", b"mimetypeapplication/vnd.oasis.opendocument", b"[Content_Types].xml")


class Watch(Protocol):
    """Is told, for whoever waits, how far the reading is."""

    def expect(self, total: int) -> None:
        """There are so many bytes to read, all in all; it may become more."""

    def advance(self, amount: int, about: str = "") -> None:
        """So many more have been read."""


class Input:
    """An open file that can be read several times; a context manager that closes it."""

    def __init__(self, name: str, shown: str, file: IO[bytes], watch: Watch) -> None:
        self.name = name
        """What the file is called: its name without folders."""
        self.shown = shown
        """How messages call it."""
        self._file = file
        self._watch = watch
        self._told = self._done = 0
        self.remarks: list[str] = []
        """What the reader should know about how the file was understood."""
        try:
            self.size = file.seek(0, os.SEEK_END)
            file.seek(0)
            self._encoding, self._errors = self._find_encoding()
        except BaseException:
            file.close()
            raise

    def __enter__(self) -> Input:
        return self

    def __exit__(self, *__: object) -> None:
        self._file.close()

    def text(self) -> TextIO:
        """Return the file as text from its beginning, with every kind of line end as a line feed."""
        self._file.seek(0)
        self._watch.expect(self._done + self.size)
        self._told = 0
        # Detached, because closing the text would close the file, and it may be read again.
        return _Text(self._file, encoding=self._encoding, errors=self._errors, newline=None)

    def progress(self) -> None:
        """Tell how many more bytes have been read."""
        position = self._file.tell()
        self._watch.advance(position - self._told, _("Reading"))
        self._done += position - self._told
        self._told = position

    def _find_encoding(self) -> tuple[str, str]:
        """Return the encoding and what to do about errors. Raises BadData where the file is no text."""
        beginning = self._file.read(_BEGINNING)
        _refuse_what_is_no_text(beginning, self.shown)
        if wide := _wide_encoding(beginning):
            return wide, "replace"
        invalid, valid = self._count_utf8()
        if not invalid:
            return "utf-8-sig", "strict"
        if invalid <= valid:
            message = _("Note: {file} holds bytes that are no UTF-8; rows with them are rejected.")
            self.remarks.append(message.format(file=self.shown))
            return "utf-8-sig", "replace"
        message = _("Note: {file} is not UTF-8 and was read as Windows-1252 (Latin-1); check names with diacritics.")
        self.remarks.append(message.format(file=self.shown))
        # Of the five bytes that it leaves open, Python makes U+FFFD, and rows with them are rejected.
        return "cp1252", "replace"

    def _count_utf8(self) -> tuple[int, int]:
        """Return how many bytes are no UTF-8, and how many letters beyond ASCII are."""
        self._file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while chunk := self._file.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return self._count_bad_utf8()
        return 0, 0

    def _count_bad_utf8(self) -> tuple[int, int]:
        self._file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        invalid = valid = 0
        is_end = False
        while not is_end:
            chunk = self._file.read(_CHUNK)
            is_end = not chunk
            text = decoder.decode(chunk, final=is_end)
            replaced = text.count("\ufffd")
            invalid += replaced
            valid += sum(not letter.isascii() for letter in text) - replaced
        return invalid, valid


class _Text(io.TextIOWrapper):
    """Text that leaves its file open when it is thrown away."""

    def __del__(self) -> None:
        with suppress(ValueError):  # where the file is closed already
            self.detach()


def open_input(file: str, stdin: IO[str], watch: Watch) -> Input:
    """Open a file, ``-`` for stdin. Raises BadUsage or BadData where it cannot be imported at all."""
    if file == "-":
        if stdin.isatty():
            raise BadUsage(_("- reads a file from a pipe, as in: twincli data import - --name mine < pairs.csv"))
        return Input(_STDIN, _STDIN, _kept(getattr(stdin, "buffer", None) or _encoded(stdin), _STDIN), watch)
    if file.startswith(("http://", "https://")):
        raise BadUsage(_("Import takes a file; fetch it first, as in: curl -LO {url}").format(url=quoted(clean(file))))
    shown = clean(file)
    try:
        state = os.stat(file)
        if stat.S_ISDIR(state.st_mode):
            raise BadData(_("{path} is a folder; name a file in it.").format(path=shown))
        opened = Path(file).open("rb")  # noqa: SIM115 - the input closes it
    except OSError as error:
        raise cannot_read(shown, error) from None
    if not stat.S_ISREG(state.st_mode):
        with opened:
            return Input(Path(file).name, shown, _kept(opened, shown), watch)
    return Input(Path(file).name, shown, opened, watch)


def _kept(stream: IO[bytes], shown: str) -> IO[bytes]:
    """Return what comes through a pipe as a temporary file, since it is read more than once."""
    import tempfile

    try:
        kept = tempfile.TemporaryFile(prefix="twincli-")  # noqa: SIM115 - the input closes it
    except OSError as error:
        raise _no_room(error) from None
    try:
        beginning = stream.read(_BEGINNING)
        # Before the rest, which may have no end and would fill the disk.
        _refuse_what_is_no_text(beginning, shown)
        kept.write(beginning)
        shutil.copyfileobj(stream, kept, _CHUNK)
    except BaseException as error:
        kept.close()
        if not isinstance(error, OSError):
            raise
        is_full = error.errno in {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}
        raise (_no_room(error) if is_full else cannot_read(shown, error)) from None
    return kept


def _encoded(stdin: IO[str]) -> IO[bytes]:
    return io.BytesIO(stdin.read().encode("utf-8", "surrogateescape"))


def _no_room(error: OSError) -> BadData:
    message = _("There is no room for the working file of an import ({reason}); TMPDIR can name another folder.")
    return BadData(message.format(reason=system_reason(error)))


def _refuse_what_is_no_text(beginning: bytes, shown: str) -> None:
    """Raise BadData where a file that begins so is not worth reading on."""
    _refuse_other_kinds(beginning, shown)
    if not beginning.strip():
        message = _("{file} is empty.")
        if len(beginning) == _BEGINNING:
            message = _("{file} begins with nothing but blanks; a table (CSV, TSV) or JSON is needed.")
        raise BadData(message.format(file=shown))
    if _wide_encoding(beginning) is None and _looks_binary(beginning):
        raise BadData(_("{file} is no text; a table (CSV, TSV) or JSON is needed.").format(file=shown))


def _refuse_other_kinds(beginning: bytes, shown: str) -> None:
    if beginning.startswith(b"PK") and any(sign in beginning for sign in _SHEETS):
        raise BadData(_("{file} is a spreadsheet; save it as CSV and import that.").format(file=shown))
    for signature, message in _SIGNATURES:
        if beginning.startswith(signature):
            raise BadData(_(message).format(file=shown))
    for signature, program, command in _COMPRESSED:
        if beginning.startswith(signature):
            message = _(
                "{file} is compressed by {program}; unpack it first, as in: "
                "{command} | twincli data import - --name mine"
            )
            unpacking = f"{command} {'FILE' if shown == _STDIN else quoted(shown)}"
            raise BadData(message.format(file=shown, program=program, command=unpacking))


def _wide_encoding(beginning: bytes) -> str | None:
    """Return UTF-16, in its byte order where a file without a mark has NUL in every other byte; None otherwise."""
    if beginning.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = beginning[:4096]
    half = len(sample) // 2
    if half < 8:
        return None
    high, low = sample[1::2].count(0), sample[0::2].count(0)
    if high > half * 0.6 and low < half * 0.1:
        return "utf-16-le"
    return "utf-16-be" if low > half * 0.6 and high < half * 0.1 else None


def _looks_binary(beginning: bytes) -> bool:
    """Tell whether more than one byte in twenty is a control character that texts do not have."""
    odd = sum(beginning.count(code) for code in range(32) if code not in b"\t\n\r\f\x1a")
    return odd * 20 > len(beginning)
