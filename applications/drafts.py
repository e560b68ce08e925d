"""A draft that was never sent can be thrown away, with its files."""

from django.db import transaction

from applications import pages, rules
from applications.models import DocumentVersion
from applications.refusals import Barred, Conflict
from applications.services import locked


@transaction.atomic
def delete(application, *, by):
    """Delete a draft of the user; its files go once the rows are gone.

    Raises NotVisible, Barred, or Conflict where anything was ever sent.
    """
    application = locked(application.pk, by)
    if not rules.acts_for_applicant(application, by):
        raise Barred("Hanya pemohon yang dapat menghapus drafnya.")
    if application.state != "DRAFT" or application.events.exists():
        raise Conflict(f"Permohonan ini sudah dikirim; tahapnya {application.stage_label}.")
    versions = DocumentVersion.objects.filter(document__application=application)
    files = [*(version.file for version in versions), *pages.files(versions)]
    application.delete()
    for file in files:
        transaction.on_commit(lambda file=file: file.storage.delete(file.name))
