"""Where people read their codes: in the demo on its page of sent messages."""

import re
import time
from urllib.parse import quote

from person import PATIENCE, Person


def newest_code(texts):
    """Return the newest one-time code in these texts, the newest text first."""
    return next((found.group() for text in texts if (found := re.search(r"\b\d{8}\b", text))), None)


class DemoPost(Person):
    """The demo's own page; what is sent stays there."""

    def code(self, address):
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            self.go(f"/demo/pesan/?alamat={quote(address)}")
            if code := newest_code([self.words]):
                return code
            time.sleep(0.3)
        raise AssertionError(f"no code for {address}: {self.words[:600]}")
