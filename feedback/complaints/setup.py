"""What complaints hang into the rest of the portal."""

from applications.office import rooms
from feedback.complaints import counts, desk_urls, invariants, lateness, quarantine
from imbportal import invariants as portal
from imbportal import standard_parts, uploads
from notifications import periodic


def register() -> None:
    """Called once, when the app is ready."""
    periodic.register(lateness.KIND, lateness.EVERY, lateness.run)
    periodic.register(quarantine.KIND, uploads.EVERY, quarantine.release)
    portal.register(*invariants.CHECKS)
    standard_parts.register("pengaduan", "feedback/complaint_counts.html", counts.part)
    rooms.register("Pengaduan", "complaints", desk_urls.urls)
