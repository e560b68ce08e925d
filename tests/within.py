"""The portal served to a browser from within a test's own transaction."""

import threading

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.db import connections
from django.test.testcases import LiveServerThread


class OneByOne(StaticFilesHandler):
    """Answers one request after the other: all of them share the test's own connection."""

    lock = threading.Lock()

    def __call__(self, *args):
        with self.lock:
            return super().__call__(*args)


class Within(LiveServerThread):
    """Leaves the connection open, as it is the test's."""

    class server_class(ThreadedWSGIServer):
        def _close_connections(self):
            pass


@pytest.fixture
def server(db):
    """Serve the portal within the test's transaction."""
    connection = connections["default"]
    connection.inc_thread_sharing()
    thread = Within("127.0.0.1", OneByOne, {"default": connection})
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    yield f"http://127.0.0.1:{thread.port}"
    thread.terminate()
    connection.dec_thread_sharing()
