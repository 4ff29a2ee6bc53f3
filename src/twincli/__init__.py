"""A command-line reference of twin cities: offline, sourced, in English and Indonesian."""

__version__ = "0.1.0"
