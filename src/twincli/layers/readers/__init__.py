"""Readers: one module a form that files come in; each yields the rows of a file as it is read, in constant memory."""
