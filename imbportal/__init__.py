import gc

from imbportal.celery import app as celery_app

__all__ = ["celery_app"]

gc.set_threshold(50_000, 10, 10)
"""Look for cycles more rarely than after Python's 700 objects: a page makes more than that itself.
What waits for the look are some megabytes."""
