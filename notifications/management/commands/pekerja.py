"""``manage.py pekerja``: do the jobs without Redis."""

import signal

from django.core.management.base import BaseCommand

from notifications import jobs
from notifications.worker import Worker


class Command(BaseCommand):
    help = "Mengerjakan antrean (surel, SMS, surat PDF, pekerjaan berkala) tanpa Redis."

    def add_arguments(self, parser):
        parser.add_argument("--threads", type=int, default=4, help="banyaknya utas (4)")
        parser.add_argument(
            "--once", action="store_true", help="berhenti bila tidak ada lagi yang harus dikerjakan"
        )

    def handle(self, *, threads, once, **options):
        if once:
            return self.finish()
        worker = Worker(threads)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: worker.stop.set())
        self.stdout.write(f"Pekerja berjalan dengan {threads} utas.")
        worker.run()

    def finish(self):
        """Do all that is due in this thread, then return."""
        jobs.sweep()
        while jobs.run_one():
            pass
