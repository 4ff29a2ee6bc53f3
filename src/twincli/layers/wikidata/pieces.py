"""Finished answers, kept in the user's cache so that an interrupted update goes on where it was.

Each is a file of its own, whole or not there, named after what was asked of whom, so that neither another endpoint nor
another version of the query is answered from it.
"""

from __future__ import annotations

import gzip
import os
import tempfile
import time
import zlib
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from twincli.errors import BadData, cannot_write, system_reason
from twincli.i18n import _
from twincli.locations import cache_folder
from twincli.private_files import claim_folder, replace_file

KEPT_SECONDS = 24 * 3600.0
_WRITING_SECONDS = 600.0
_SUFFIX = ".json.gz"


class Pieces:
    """The answers of one endpoint that are at hand; a context manager."""

    def __init__(self, endpoint: str, environ: Mapping[str, str]) -> None:
        self._endpoint = endpoint
        self._temporary: tempfile.TemporaryDirectory[str] | None = None
        self._folder = self._usable(environ)

    def __enter__(self) -> Pieces:
        return self

    def __exit__(self, *reason: object) -> None:
        if self._temporary is not None:
            self._temporary.cleanup()

    def _usable(self, environ: Mapping[str, str]) -> Path:
        """Return a folder to keep answers in: where the cache is not ours alone to write in, one for this run only."""
        cache, __ = cache_folder(environ)
        if cache is not None:
            folder = cache / "update"
            with suppress(OSError):
                if claim_folder(folder, environ) and os.access(folder, os.R_OK | os.W_OK | os.X_OK):
                    return folder
        try:
            self._temporary = tempfile.TemporaryDirectory(prefix="twincli-", ignore_cleanup_errors=True)
        except OSError as error:
            message = _("There is no folder to keep the answers in ({reason}); TMPDIR can name one.")
            raise BadData(message.format(reason=system_reason(error))) from None
        return Path(self._temporary.name)

    def sweep(self, *, everything: bool = False) -> None:
        """Throw away what is older than a day, or everything, and what a killed run has left half written."""
        for path in self._folder.iterdir():
            with suppress(OSError):
                if everything or not _is_fresh(path):
                    path.unlink()

    def has(self, query: str) -> bool:
        """Tell whether the answer to a query is at hand."""
        # Read as a whole: after a power failure a file may be there and empty.
        return self.read(query) is not None

    def read(self, query: str) -> bytes | None:
        """Return the answer to a query, or None where it has yet to be asked for."""
        path = self._path(query)
        try:
            # Old ones are swept before the first is read; what ages during a run still belongs to it.
            return gzip.decompress(path.read_bytes()) or None
        except (OSError, EOFError, zlib.error):
            return None

    def keep(self, query: str, content: bytes) -> None:
        """Keep an answer. Raises BadData where there is no room for it."""
        path = self._path(query)
        try:
            descriptor, temporary = tempfile.mkstemp(dir=self._folder, prefix=".")
            try:
                with os.fdopen(descriptor, "wb") as file:
                    # The fastest level: an eighth of the size in a tenth of the time of the best.
                    file.write(gzip.compress(content, compresslevel=1))
                replace_file(temporary, path)
            finally:
                if os.path.exists(temporary):
                    os.unlink(temporary)
        except OSError as error:
            raise cannot_write(path, error) from None

    def _path(self, query: str) -> Path:
        return self._folder / (sha256(f"{self._endpoint}\n{query}".encode()).hexdigest()[:32] + _SUFFIX)


def _is_fresh(path: Path) -> bool:
    """Tell whether an answer is of the last day, or may be half written because another update is just doing so."""
    limit = KEPT_SECONDS if path.name.endswith(_SUFFIX) else _WRITING_SECONDS
    return 0 <= time.time() - path.stat().st_mtime < limit
