"""JSON on one line, as data files and the index have it."""

from __future__ import annotations

import json

# Made once, because json.dumps makes a new encoder for each value.
as_json = json.JSONEncoder(ensure_ascii=False).encode
"""Return a value as JSON on one line."""
