"""Rows of complaints and surveys."""
