"""The way in: ``twincli`` and ``python -m twincli``."""

from __future__ import annotations

import os
import sys
from contextlib import suppress


def main() -> None:
    """Run the command line of this process and end it with its status."""
    try:
        # Here, so that Ctrl-C during the imports is quiet too.
        from twincli.run import run

        _open_closed_streams()
        status = run(sys.argv[1:], sys.stdin, sys.stdout, sys.stderr, os.environ)
        sys.stdout.flush()
    except KeyboardInterrupt:
        status = 130
    except OSError as error:
        status = _after_failed_output(error)
    with suppress(OSError, ValueError):
        sys.stdout.flush()
        sys.stderr.flush()
    # Without the interpreter's own farewell, which would complain about a closed pipe and takes some ms.
    os._exit(status)


def _after_failed_output(error: OSError) -> int:
    """Return the status after output that could not be written, or not its last part."""
    from twincli.session import is_reader_gone

    if is_reader_gone(error):
        return 0
    from twincli.errors import BadData, system_reason
    from twincli.i18n import _
    from twincli.messages import say_error

    # Such as a full disk behind a redirection.
    say_error(sys.stderr, BadData(_("Cannot write the output: {reason}.").format(reason=system_reason(error))))
    return 1


def _open_closed_streams() -> None:
    """Put an empty stream where the caller closed one (``>&-``), so that nothing else is opened in its place."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 - for the whole run


if __name__ == "__main__":
    main()
