"""A Redis of a test's own, to be emptied, killed, frozen and started again on the same port."""

import secrets
import signal
import subprocess

import redis
from _processes import die_with_parent, free_port
from redis.backoff import ConstantBackoff
from redis.retry import Retry

PATIENT = Retry(ConstantBackoff(0.1), 100)


class RedisServer:
    """Keeps nothing over a restart. Use it in a ``with`` block, which ends the server."""

    def __init__(self, folder):
        self.port = free_port()
        password = secrets.token_hex(16)
        self.config = folder / "redis.conf"
        self.config.write_text(
            f"port {self.port}\nbind 127.0.0.1\nrequirepass {password}\nsave ''\n"
            f"appendonly no\ndir {folder}\n"
        )
        self.address = f"redis://:{password}@127.0.0.1:{self.port}"
        self.client = redis.Redis.from_url(f"{self.address}/0", retry=PATIENT)
        self.process = None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *error):
        self.client.close()
        self.kill()

    def start(self):
        self.process = subprocess.Popen(
            ["redis-server", self.config],
            stdout=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=die_with_parent,
        )
        self.client.ping()  # tries for ten seconds; the password says whose server it is

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def freeze(self):
        """Let it take connections and never answer."""
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self):
        self.process.send_signal(signal.SIGCONT)
