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
    A caller that is gone before ``delay`` seconds have passed gets nothing delivered; the answer
    comes ``silence`` seconds after, a byte every ``drip`` seconds. ``slow`` numbers hang whatever
    the mood.
    """

    daemon_threads = True
    request_queue_size = 50
    hang = 5

    def __init__(self, mood="ok", delay=0.0, silence=0.0, drip=0.0):
        super().__init__(("127.0.0.1", 0), Handler)
        self.mood, self.delay, self.silence, self.slow = mood, delay, silence, set()
        self.drip = drip
        self.calls, self.delivered, self.headers = [], {}, {}
        self.url = f"http://127.0.0.1:{self.server_port}/kirim"

    def __enter__(self):
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def handle_error(self, request, client_address):
        """Say nothing of callers that were killed."""

    def __exit__(self, *error):
        self.shutdown()
        self.server_close()


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        server = self.server
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        server.calls.append(body["key"])
        server.headers = dict(self.headers)
        if server.mood == "hang" or body["to"] in server.slow:
            return time.sleep(server.hang)
        if server.mood.isdigit():
            return self.answer(int(server.mood), {})
        time.sleep(server.delay)
        if self.caller_is_gone():
            return None
        server.delivered.setdefault(body["key"], body)
        if server.mood == "drop":
            return self.connection.shutdown(socket.SHUT_RDWR)
        time.sleep(server.silence)
        return self.answer(200, {"id": f"ref-{len(server.delivered)}"})

    def caller_is_gone(self):
        readable, _, _ = select.select([self.connection], [], [], 0)
        return bool(readable) and not self.connection.recv(1, socket.MSG_PEEK)

    def answer(self, status, data):
        text = json.dumps(data).encode()
        if self.server.drip:
            for byte in b"HTTP/1.0 200 OK\r\n\r\n" + text:
                self.wfile.write(bytes([byte]))
                time.sleep(self.server.drip)
            return
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *args):
        """Keep quiet."""
