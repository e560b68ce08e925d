"""Documents of cases that came while no virus scanner answered."""

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
    """Scan again what waits, or the one version; an infected one stays locked away."""
    rows = DocumentVersion.objects.filter(pk=pk) if pk else DocumentVersion.objects.all()
    uploads.release(rows, "file", "scan")
