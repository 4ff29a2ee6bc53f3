"""The twinnings known to Wikidata, asked for piece by piece and turned into rows for a layer."""
