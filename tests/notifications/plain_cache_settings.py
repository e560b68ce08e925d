"""The portal as it would be with Django's own Redis cache: the negative control."""

from imbportal.settings import *  # noqa: F403

CACHES["default"]["BACKEND"] = "django.core.cache.backends.redis.RedisCache"  # noqa: F405
