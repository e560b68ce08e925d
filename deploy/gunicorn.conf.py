"""Options of the web process wherever it runs; the environment gives what differs."""

import os

bind = os.environ.get("BIND", "127.0.0.1:8000")
worker_class = "gthread"
preload_app = True  # the code is read once, and its memory shared by all workers
workers = int(os.environ.get("WEB_WORKERS", "4"))
threads = 8
timeout = 60
limit_request_line = 8190  # as nginx takes: the calculator keeps all that is filled in there
max_requests = 5000
max_requests_jitter = 500
loglevel = "warning"
