"""A provider's HTTP gateway on loopback, with the faults that real ones have."""

import json
import select
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Gateway(ThreadingHTTPServer):
    """``calls`` is every request heard, ``delivered`` what reached a phone, once per key.

    ``mood``: ok | 500 | 422 | hang | drop (takes the message, then hangs up without a word).
    A caller that is gone before ``delay`` seconds have passed gets nothing delivered.
    """

    daemon_threads = True

    def __init__(self, mood="ok", delay=0.0):
        super().__init__(("127.0.0.1", 0), Handler)
        self.mood, self.delay = mood, delay
        self.calls, self.delivered, self.headers = [], {}, {}
        self.url = f"http://127.0.0.1:{self.server_port}/kirim"

    def __enter__(self):
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *error):
        self.shutdown()
        self.server_close()


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        server = self.server
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        server.calls.append(body["key"])
        server.headers = dict(self.headers)
        if server.mood == "hang":
            return time.sleep(5)
        if server.mood.isdigit():
            return self.answer(int(server.mood), {})
        time.sleep(server.delay)
        if self.caller_is_gone():
            return None
        server.delivered.setdefault(body["key"], body)
        if server.mood == "drop":
            return self.connection.shutdown(socket.SHUT_RDWR)
        return self.answer(200, {"id": f"ref-{len(server.delivered)}"})

    def caller_is_gone(self):
        readable, _, _ = select.select([self.connection], [], [], 0)
        return bool(readable) and not self.connection.recv(1, socket.MSG_PEEK)

    def answer(self, status, data):
        text = json.dumps(data).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *args):
        """Keep quiet."""
