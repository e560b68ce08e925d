"""Asks the web process of this container how it is, as nginx would; fails unless it says 200."""

import os
import urllib.request

host = os.environ["ALLOWED_HOSTS"].split(",")[0]
request = urllib.request.Request(  # noqa: S310 - a fixed address
    "http://127.0.0.1:8000/sehat/", headers={"Host": host, "X-Forwarded-Proto": "https"}
)
urllib.request.urlopen(request, timeout=4)  # noqa: S310 - a fixed address
