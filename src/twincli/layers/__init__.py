"""Layers: data that people install beside the bundled data, each in a file of its own in the canonical layout."""
