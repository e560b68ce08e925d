"""Attachments of complaints that came while no virus scanner answered."""

from feedback.complaints import news
from feedback.models import ComplaintFile
from imbportal import uploads

KIND = "pindai_pengaduan"


def release() -> None:
    """Scan again what waits; an infected file stays locked away, and who sent it is told."""
    rows = ComplaintFile.objects.select_related("complaint")
    uploads.release(rows, "file", "scan", infected=_tell)


def _tell(row: ComplaintFile) -> None:
    news.infected(row.complaint, f"{row.name} pada pengaduan", f"virus:{row.pk}")
