"""The bank's statement against the bills: read, matched, and settled line by line."""
