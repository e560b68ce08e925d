"""Documents of cases that came while no virus scanner answered."""

from applications import infected, pages
from applications.models import DocumentVersion
from imbportal import uploads
from notifications import jobs, periodic

KIND = "pindai_berkas"


def register() -> None:
    """Look every half minute, and once as soon as such a file has come: clamd may just be slow."""
    jobs.register(KIND, release)
    periodic.register(KIND, uploads.EVERY, release)


def enqueue(version: DocumentVersion) -> None:
    """Have a version that waits scanned by the worker."""
    jobs.enqueue(KIND, f"pindai:{version.pk}", str(version.pk))


def release(pk: str | None = None) -> None:
    """Scan again what waits, or the one version; an infected one stays locked away and is told.

    What turned out clean has its pages drawn.
    """
    rows = DocumentVersion.objects.filter(pk=pk) if pk else DocumentVersion.objects.all()
    waiting = list(rows.filter(scan=DocumentVersion.Scan.WAITING).values_list("pk", flat=True))
    uploads.release(rows, "file", "scan", infected=infected.document)
    for version in rows.filter(pk__in=waiting, scan=DocumentVersion.Scan.CLEAN):
        pages.enqueue(version)
