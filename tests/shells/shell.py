"""A real shell on a pseudo-terminal with twincli in its PATH: keys go in, what twincli was called with comes out."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import shutil
import signal
import struct
import sys
import termios
import time

import pytest

from tests.conftest import Place

SHELLS = ("bash", "zsh", "fish")
# Called by the shell's completion it answers; called by the user it notes its arguments, and only installs completion.
_PROGRAM = """\
#!/bin/sh
case "$_TWINCLI_COMPLETE $*" in
    " "*-completion*) ;;
    " "*)
        if [ "$#" = 0 ]; then : > "{notes}.part"; else printf '%s\\0' "$@" > "{notes}.part"; fi
        mv "{notes}.part" "{notes}"
        exit
        ;;
esac
exec "{python}" -m twincli "$@"
"""
_PATIENCE = 30.0


class Shell:
    """One interactive shell of a user, who has the home of a sealed place."""

    def __init__(self, name: str, place: Place, **environ: str) -> None:
        self.name = name
        self._notes = place.folder / "called"
        bin_folder = place.folder / "bin"
        bin_folder.mkdir(exist_ok=True)
        program = bin_folder / "twincli"
        program.write_text(_PROGRAM.format(notes=self._notes, python=sys.executable))
        program.chmod(0o755)
        variables = {
            **place.environ,
            "PATH": f"{bin_folder}:{place.environ['PATH']}",
            "TERM": "xterm",
            **environ,
        }
        if name == "zsh":
            # Else it greets a new user with questions.
            (place.home / ".zshrc").touch()
        self._pid, self._master = pty.fork()
        if self._pid == 0:
            os.chdir(place.folder)
            os.execvpe(name, [name, "-i"], variables)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
        self._shown = bytearray()

    def close(self) -> None:
        """End the shell."""
        os.kill(self._pid, signal.SIGKILL)
        os.close(self._master)
        os.waitpid(self._pid, 0)

    def call(self, keys: str) -> list[str]:
        """Type keys and Enter, and return the arguments that twincli was called with."""
        self._notes.unlink(missing_ok=True)
        self._type(keys + "\r")
        self._wait_for(self._notes.exists, keys)
        return self._notes.read_text("utf-8").split("\0")[:-1]

    def show(self, keys: str, *wanted: str) -> str:
        """Type keys until the terminal shows all that is wanted, then take the line back; return what was shown."""
        self._read(0.05)
        self._shown.clear()
        self._type(keys)
        self._wait_for(lambda: all(text in self.screen for text in wanted), keys)
        self._read(0.3)
        shown = self.screen
        for key in ("\x03", "\x15"):
            self._type(key)
            self._read(0.1)
        return shown

    @property
    def screen(self) -> str:
        """What has been shown lately, without the sequences that move and colour it."""
        text = self._shown.decode("utf-8", "replace")
        return re.sub(r"\x1b(?:\[[0-9;?]*[A-Za-z]|\][^\x07]*\x07|\(.|[=>])|\x0f", "", text)

    def _type(self, keys: str) -> None:
        os.write(self._master, keys.encode())

    def _wait_for(self, happened: object, keys: str) -> None:
        assert callable(happened)
        deadline = time.monotonic() + _PATIENCE
        while not happened():
            assert time.monotonic() < deadline, f"after {keys!r} the terminal shows: {self.screen[-2000:]}"
            self._read(0.05)

    def _read(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            ready, __, __ = select.select([self._master], [], [], left)
            if ready:
                try:
                    self._shown += os.read(self._master, 65536)
                except OSError:
                    return


def install(name: str, place: Place, **environ: str) -> str:
    """Teach a shell as a user does, from within it; return what was shown."""
    shell = Shell(name, place, **environ)
    try:
        return shell.show("twincli --install-completion\r", f"every {name}")
    finally:
        shell.close()


def need_shell(name: str) -> None:
    """Skip the test where this shell is missing, as the fixture ``need`` does."""
    if shutil.which(name) is None:
        assert not os.environ.get("TWINCLI_NEED_COUNTERPARTS"), f"{name} is not installed"
        pytest.skip(f"{name} is not installed")
