"""What scripts/fuzz.py is made of: hostile values, sound files, their damage, and what a run may and may not do."""
