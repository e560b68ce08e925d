"""Takes a file off the line: a larger one than is taken costs no more disk than the limit."""

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class LimitedFileUploadHandler(TemporaryFileUploadHandler):
    """Keeps one byte more than the limit and drops the rest, so that the form can say so.

    What else was typed arrives too: the page comes back with it.
    """

    def receive_data_chunk(self, raw_data, start):
        room = settings.UPLOAD_LIMIT + 1 - start
        if room > 0:
            self.file.write(raw_data[:room])
