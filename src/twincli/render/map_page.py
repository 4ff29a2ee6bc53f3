"""A map as one HTML page that needs nothing else: the libraries, the picture and its data lie in the page itself.

The page is written here and not by the libraries' own templates, which put texts from the data into a script as they
are: a city called ``</script>`` would end it. Its policy forbids the page to load anything.
"""

from __future__ import annotations

import json
from html import escape
from typing import Any

from twincli.i18n import _, language

# What may run and be shown is what stands in the page. Vega makes functions of its own expressions, hence unsafe-eval.
_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src data: blob:; "
    "base-uri 'none'; form-action 'none'"
)
_STYLE = """
body { margin: 0 auto; max-width: 1240px; font-family: Helvetica, Arial, sans-serif; background: white; }
#map { position: relative; }
#map svg { display: block; max-width: 100%; height: auto !important; }
#vg-tooltip-element { font-size: 13px; max-width: 420px; }
#vg-tooltip-element table tr td.value { max-width: 320px; max-height: none; white-space: normal; }
"""
# The SVG renderer stays sharp and can be hit line by line; with thousands of lines a canvas is quicker.
_MOST_FOR_SVG = 3000


def map_page(spec: dict[str, Any], title: str, libraries: str) -> str:
    """Return the page for a specification in Vega-Lite; ``libraries`` is the script of Vega and what embeds it."""
    renderer = "svg" if len(spec["datasets"]["lines"]) <= _MOST_FOR_SVG else "canvas"
    options = {
        "mode": "vega-lite",
        "renderer": renderer,
        "actions": {"export": True, "source": False, "compiled": False, "editor": False},
        "i18n": {"SVG_ACTION": _("Save as SVG"), "PNG_ACTION": _("Save as PNG"), "CLICK_TO_VIEW_ACTIONS": _("Save")},
        "downloadFileName": "twincli-map",
        "tooltip": {"theme": "light"},
    }
    unseen = {key: value for key, value in spec.items() if key != "$schema"}
    return f"""<!DOCTYPE html>
<html lang="{language()}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<style>{_STYLE}</style>
</head>
<body>
<div id="map" role="figure" aria-label="{escape(title)}"></div>
<noscript>{escape(_("This map is drawn by JavaScript, which is turned off here."))}</noscript>
<script>{_inert(libraries)}</script>
<script>vegaEmbed("#map", {_literal(unseen)}, {_literal(options)});</script>
</body>
</html>
"""


def _literal(value: Any) -> str:
    """Return a value as JavaScript in which nothing can end the script that it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # Within JSON's strings, and there alone, such a letter may be written by its number.
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _inert(script: str) -> str:
    """Return a library's script such that its texts cannot end it (HTML, section 4.12.1.3)."""
    return script.replace("</script", "<\\/script").replace("<!--", "<\\!--")
