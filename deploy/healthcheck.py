"""Asks the web process of this container how it is, as nginx would; fails unless it says 200."""

import os
import urllib.request

host, port = os.environ["ALLOWED_HOSTS"].split(",")[0], os.environ["BIND"].rpartition(":")[2]
request = urllib.request.Request(  # noqa: S310 - a fixed address
    f"http://127.0.0.1:{port}/sehat/", headers={"Host": host, "X-Forwarded-Proto": "https"}
)
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
opener.open(request, timeout=4)
