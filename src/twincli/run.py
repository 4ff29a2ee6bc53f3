"""One run of the command line: every error ends here, as a sentence and a status."""

from __future__ import annotations

import errno
import os
import sqlite3
import sys
from collections.abc import Mapping, Sequence
from typing import IO, Any, TextIO

import typer

from twincli import __version__
from twincli.cli import app
from twincli.commands.usage import UsageFailure, explain_usage_failure
from twincli.errors import BadData, ExitCode, TwincliError
from twincli.i18n import _, choose_language, set_language
from twincli.messages import say, say_error
from twincli.plain import take_plain_letters
from twincli.session import ReaderGone, Session
from twincli.terminal import detect

# Set by the scripts in shells/, to the name of the shell.
COMPLETE = "_TWINCLI_COMPLETE"


def run(arguments: Sequence[str], stdin: IO[str], stdout: TextIO, stderr: TextIO, environ: Mapping[str, str]) -> int:
    """Run one command line and return its exit status.

    Ctrl-C is left to the caller, as are failures to write the output.
    """
    for stream in (stdout, stderr):
        # What cannot be shown, help and welcome included, is no reason to fail.
        take_plain_letters(stream)
    session = Session(detect(stdin, stdout, stderr, environ))
    language, session.language_reason = choose_language(environ)
    set_language(language)
    if environ.get(COMPLETE):
        _complete(environ[COMPLETE], arguments, session)
        return ExitCode.DONE
    try:
        return _invoke_whatever_the_index(arguments, session)
    except ReaderGone:
        return ExitCode.DONE
    except SystemExit as end:
        # The parser ends so where its help meets a closed pipe, and after a request for completion.
        return ExitCode.DONE if isinstance(end.__context__, BrokenPipeError) else _status(end.code)
    except OSError:
        raise
    except Exception as error:  # noqa: BLE001 - the one place where anything unexpected becomes a sentence
        return _fail(error, session)


def _complete(shell: str, arguments: Sequence[str], session: Session) -> None:
    # Here, because only the tab key needs it.
    from twincli.commands.completion import complete

    complete(typer.main.get_command(app), shell, arguments, session)


def _fail(error: Exception, session: Session) -> int:
    """Tell the user what is wrong, and return the status for it."""
    stderr = session.terminal.stderr
    if isinstance(error, UsageFailure):
        error = explain_usage_failure(error)
    if isinstance(error, TwincliError):
        say_error(stderr, error)
        return error.exit_code
    if session.terminal.environ.get("TWINCLI_DEBUG"):
        raise error
    _say_unexpected(stderr, error)
    return ExitCode.FAILED


def _invoke_whatever_the_index(arguments: Sequence[str], session: Session) -> int:
    try:
        return _invoke(arguments, session)
    except sqlite3.DatabaseError as error:
        if _lacks_room(error) and not session.sorts_in_memory:
            return _without_temporary_files(arguments, session, error)
        return _after_damage(arguments, session, error)


def _invoke(arguments: Sequence[str], session: Session) -> int:
    command = typer.main.get_command(app)
    return _status(command.main(list(arguments), prog_name="twincli", standalone_mode=False, obj=session))


def _status(value: Any) -> int:
    return value if isinstance(value, int) else ExitCode.DONE


def _lacks_room(error: sqlite3.DatabaseError) -> bool:
    """Tell whether a file could not be written: large sorts go to temporary files, which a full disk refuses."""
    primary = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return primary in {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN}


def _without_temporary_files(arguments: Sequence[str], session: Session, error: sqlite3.DatabaseError) -> int:
    """Answer again in memory alone, which costs more of it; a second answer is not mixed with part of a first."""
    if session.has_written:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error
    session.sorts_in_memory = True
    return _invoke_whatever_the_index(arguments, session)


def _after_damage(arguments: Sequence[str], session: Session, error: sqlite3.DatabaseError) -> int:
    """Answer again after the index turned out to be damaged: it is thrown away and built anew.

    Where part of an answer has already left, a second would be mixed with it, so that the user is told instead.
    """
    from twincli.index.store import discard

    if not session.opened:
        raise error
    for path in session.opened:
        discard(path)
    if session.has_written:
        raise BadData(_("The index was damaged and has been removed; run the command again.")) from error
    return _invoke(arguments, session)


def _say_unexpected(stderr: TextIO, error: Exception) -> None:
    message = _("Error: twincli {version} failed unexpectedly ({name}, Python {python}).").format(
        version=__version__, name=type(error).__name__, python=sys.version.split()[0]
    )
    hint = _("Please report it with the output of the same command under TWINCLI_DEBUG=1.")
    say(stderr, [f"{message} {hint}"])
