"""Write a data file in the canonical layout: sorted, one record a line.

    python scripts/format_data.py [FILE]

Without a file: data/pairs.json. A file that is canonical already is left as it is.
"""

from __future__ import annotations

import sys
from pathlib import Path

from pydantic import ValidationError

from twincli.dataset.layout import canonical_text
from twincli.dataset.models import Dataset


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "data" / "pairs.json"
    content = path.read_bytes()
    try:
        text = canonical_text(Dataset.model_validate_json(content))
    except ValidationError as error:
        sys.exit(f"{path} has {error.error_count()} errors; see them with: twincli data check {path}")
    if text.encode() != content:
        path.write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    main()
