"""How much each asks in a minute. limits lives here."""

from __future__ import annotations

import math
import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from vectorstore.errors import TooMany


class RateLimit:
    """So many requests a minute of each, in a window that slides."""

    def __init__(self, per_minute: int) -> None:
        self._item = RateLimitItemPerMinute(per_minute)
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())

    def spend(self, who: str) -> None:
        """Counts a request. Raises TooMany where it is one too many."""
        if self._limiter.hit(self._item, who):
            return
        seconds = max(
            1, math.ceil(self._limiter.get_window_stats(self._item, who).reset_time - time.time())
        )
        raise TooMany(
            f"More than {self._item.amount} requests came in a minute. Try again in {seconds}"
            " seconds.",
            seconds,
        )
