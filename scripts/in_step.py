"""Keeping files in step with what they are made from: written, or with --check only compared."""

from __future__ import annotations

import argparse
import difflib
import sys
from collections.abc import Callable, Mapping, Sequence
from operator import eq
from pathlib import Path


def keep_in_step(
    wanted: Mapping[Path, bytes],
    about: str | None,
    *,
    is_same: Callable[[bytes, bytes], bool] = eq,
    faults: Sequence[str] = (),
) -> None:
    """Write each file that is not as wanted; ``about`` is the script's docstring.

    With --check on the command line nothing is written; what differs in a text is shown, and the script ends with
    status 1, as it does where there are ``faults``.
    """
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing")
    is_check = parser.parse_args().check
    problems = list(faults)
    for path, content in wanted.items():
        old = path.read_bytes() if path.exists() else b""
        if is_same(old, content):
            continue
        if is_check:
            _show_difference(path, old, content)
            problems.append(f"out of step: {path.name} (run python scripts/{Path(sys.argv[0]).name})")
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    message = "\n".join(problems)
    if is_check and message:
        sys.exit(message)
    elif message:
        print(message)


def _show_difference(path: Path, old: bytes, new: bytes) -> None:
    try:
        before, after = (content.decode().splitlines(keepends=True) for content in (old, new))
    except UnicodeDecodeError:
        return
    sys.stdout.writelines(difflib.unified_diff(before, after, path.name, "today"))
