"""Write a data file in the canonical layout: sorted, one record a line.

    python scripts/format_data.py [FILE]

Without a file: data/pairs.json. A file that is canonical already, or in which something is wrong, is left as it is.
"""

from __future__ import annotations

import sys
from pathlib import Path

from pydantic import ValidationError

from twincli.dataset.layout import canonical_text
from twincli.dataset.models import Dataset
from twincli.dataset.shape import parse


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "data" / "pairs.json"
    content = path.read_bytes()
    try:
        # A new layout would lose what is wrong with the old one: of a key that stands there twice, one value.
        errors = len(parse(path, content)[1])
        text = "" if errors else canonical_text(Dataset.model_validate_json(content))
    except ValidationError as error:
        errors = error.error_count()
    if errors:
        sys.exit(f"{path} has {errors} errors; see them with: twincli data check {path}")
    if text.encode() != content:
        new = path.with_name(f"{path.name}.new")
        new.write_text(text, "utf-8", newline="\n")
        new.replace(path)


if __name__ == "__main__":
    main()
