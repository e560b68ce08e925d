"""How often somebody may try: fixed windows counted in the shared cache."""

import time
from typing import NamedTuple

from django.core.cache import cache


class Limit(NamedTuple):
    """``most`` tries in ``window`` seconds for each ``who`` (an address, a case)."""

    name: str
    most: int
    window: int

    def count(self, who: object, amount: int = 1) -> bool:
        """Count one try, or so much of what is limited; return whether it is too much."""
        key = self._key(who)
        cache.add(key, 0, self.window)
        try:
            tries = cache.incr(key, amount)
        except ValueError:  # the entry went between the two calls
            return False
        return tries > self.most

    def reached(self, who: object) -> bool:
        """Return whether no further try is allowed now, without counting one."""
        return cache.get(self._key(who), 0) >= self.most

    def _key(self, who: object) -> str:
        return f"batas:{self.name}:{who}:{int(time.time()) // self.window}"
