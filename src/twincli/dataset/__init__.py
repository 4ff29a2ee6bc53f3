"""Reading and checking the data files: Pydantic models, and what must hold between records."""
