"""Demonstration data, made by driving the real services; nothing here runs in production."""
