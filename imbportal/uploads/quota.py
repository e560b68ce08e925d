"""How much one person may send: tries in an hour, and bytes kept in a day.

What stays in a case and in drafts is counted in the database besides (``applications.casework``).
"""

from django.conf import settings

from imbportal.limits import Limit
from imbportal.uploads.refusals import UploadRefused

HOUR, DAY = 3600, 86_400


def take_try(owner) -> None:
    """Count one try, refused files too; raise UploadRefused where there were too many."""
    tries = Limit("unggah", settings.UPLOADS_AN_HOUR, HOUR)
    if owner is not None and tries.count(owner.pk):
        raise UploadRefused("too_many")


def take_room(owner, size: int) -> None:
    """Count the bytes of a file that is to be kept; raise UploadRefused over the day's quota."""
    room = Limit("unggah-byte", settings.UPLOAD_BYTES_A_DAY, DAY)
    if owner is not None and room.count(owner.pk, size):
        raise UploadRefused("quota")
