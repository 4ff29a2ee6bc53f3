"""Questions to the index: names in any language, filters, cities, pairs and notes as plain records."""
