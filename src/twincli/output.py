"""Where results go and in what form: the one way to stdout, or to a file."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from twincli.errors import BadUsage, cannot_write
from twincli.i18n import _
from twincli.messages import say
from twincli.session import ReaderGone, Session, is_reader_gone
from twincli.terminal import Terminal


@dataclass(eq=False, repr=False)
class Output:
    """Where and how the results of one command are shown."""

    session: Session
    format: str
    """The name of a format in ``render``."""
    path: Path | None = None
    """A file to write instead of stdout."""
    force: bool = False
    """Whether an existing file may be overwritten."""
    quiet: bool = False
    pager: bool = True

    @property
    def terminal(self) -> Terminal:
        """The terminal of the run."""
        return self.session.terminal

    @property
    def is_for_people(self) -> bool:
        """Whether the format is the one laid out for a reader at a terminal."""
        return self.format == "table"

    def remark(self, lines: Iterable[str]) -> None:
        """Tell the reader something about the result, on stderr."""
        if not self.quiet:
            say(self.terminal.stderr, lines)

    def write(self, chunks: Iterable[str | bytes]) -> None:
        """Write a result as it comes: bytes as they are, text for programs in UTF-8 whatever the locale (RFC 8259)."""
        self._tell_of_a_shared_cache()
        if self.path is not None:
            self._write_file(self.path, chunks)
            return
        try:
            for chunk in chunks:
                self.session.has_written = True
                self._write_stdout(chunk)
            self.terminal.stdout.flush()
        except OSError as error:
            if is_reader_gone(error):
                raise ReaderGone from None
            raise

    def _tell_of_a_shared_cache(self) -> None:
        if self.session.distrusted is not None:
            message = _(
                "Note: others could write in {folder}, so that no index is kept there, and every answer takes longer;"
                " make it yours alone, or set XDG_CACHE_HOME."
            )
            self.remark([message.format(folder=self.session.distrusted)])

    def _write_stdout(self, chunk: str | bytes) -> None:
        stdout = self.terminal.stdout
        if isinstance(chunk, bytes):
            stdout.buffer.write(chunk)
        elif not self.is_for_people and hasattr(stdout, "buffer"):
            stdout.buffer.write(chunk.encode("utf-8", "replace"))
        else:
            stdout.write(chunk)

    def check_path(self) -> None:
        """Refuse a file that cannot or may not be written, before any work is done. Raises BadUsage."""
        if self.path is None:
            return
        try:
            self._refuse(self.path)
        except OSError as error:  # a name that is too long, a link that leads in a circle
            raise BadUsage(cannot_write(self.path, error).message) from None

    def _refuse(self, path: Path) -> None:
        if path.is_dir():
            raise BadUsage(_("{path} is a folder; name a file in it.").format(path=path))
        if not path.parent.is_dir():
            raise BadUsage(_("There is no folder {folder}; make it first.").format(folder=path.parent))
        if os.path.lexists(path) and not self.force and not _is_stream(path):
            raise self._exists()

    def _exists(self) -> BadUsage:
        return BadUsage(_("{path} exists; overwrite it with --force.").format(path=self.path))

    def _write_file(self, path: Path, chunks: Iterable[str | bytes]) -> None:
        self.check_path()
        try:
            if _is_stream(path):
                with path.open("wb") as stream:
                    stream.writelines(_encoded(chunks))
                return
            self._replace_file(path, chunks)
        except BrokenPipeError:
            raise ReaderGone from None
        except OSError as error:
            raise cannot_write(path, error) from None
        if self.terminal.is_watched:
            self.remark([_("Written: {path}").format(path=path)])

    def _replace_file(self, path: Path, chunks: Iterable[str | bytes]) -> None:
        """Write a file whole or not at all: beside its place first, then moved into it.

        A file that is overwritten keeps its permissions, and its place where a link leads to it.
        """
        # Here, because it brings random and hashlib with it, which cost a ms.
        import tempfile

        target = os.path.realpath(path)
        descriptor, temporary = tempfile.mkstemp(dir=os.path.dirname(target), prefix=".twincli-")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.writelines(_encoded(chunks))
                file.flush()
                os.fsync(descriptor)
                mode = stat.S_IMODE(os.stat(target).st_mode) if os.path.exists(target) else 0o666 & ~_umask()
                # By the open file where that is possible: its name could meanwhile be a link of somebody else's.
                os.chmod(descriptor if os.chmod in os.supports_fd else temporary, mode)
            if self.force:
                os.replace(temporary, target)
            else:
                self._move_into_a_free_place(temporary, target)
        finally:
            if os.path.exists(temporary):
                os.unlink(temporary)

    def _move_into_a_free_place(self, temporary: str, target: str) -> None:
        try:
            # Unlike a rename, this never takes the place of a file that has appeared in the meantime.
            os.link(temporary, target)
        except FileExistsError:
            raise self._exists() from None
        except OSError:
            # A file system without hard links.
            self.check_path()
            os.replace(temporary, target)


def _encoded(chunks: Iterable[str | bytes]) -> Iterator[bytes]:
    for chunk in chunks:
        yield chunk.encode("utf-8", "replace") if isinstance(chunk, str) else chunk


def _is_stream(path: Path) -> bool:
    """Tell whether this is a device or a pipe, such as /dev/null, or >(gzip) in a shell: nothing to replace."""
    return path.exists() and not path.is_file() and not path.is_dir()


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
