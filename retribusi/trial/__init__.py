"""Drafts of a tariff (what-if): edited at the desk, tried on the cases of a year, written as a
block for the daerah's file. A draft never becomes a bill: only the file's tariffs do."""
