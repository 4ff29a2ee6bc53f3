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

        status = run(sys.argv[1:], sys.stdin, sys.stdout, sys.stderr, os.environ)
        sys.stdout.flush()
    except KeyboardInterrupt:
        status = 130
    except BrokenPipeError:
        status = 0
    except OSError as error:
        # The last of the output did not fit: a full disk behind a redirection.
        status = 1
        with suppress(OSError):
            sys.stderr.write(f"Error: cannot write the output: {error.strerror}.\n")
    with suppress(OSError, ValueError):
        sys.stdout.flush()
        sys.stderr.flush()
    # Without the interpreter's own farewell, which would complain about a closed pipe and takes some ms.
    os._exit(status)


if __name__ == "__main__":
    main()
