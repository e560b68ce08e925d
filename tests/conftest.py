"""The named cast and what all tests share."""
import os

os.environ.setdefault("TESTING", "1")
