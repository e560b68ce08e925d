"""What was received, what happened and what was noted stays as it is.

The words of a complaint and who sent it can still be erased, when a law asks for it.
"""

from django.db import migrations

from imbportal.triggers import append_only

FREE = [
    "state", "version", "token", "name", "email", "phone", "text", "due_at", "due_key",
    "handler_id", "escalated_at", "moved_at",
]


class Migration(migrations.Migration):
    dependencies = [("feedback", "0002_complaints")]

    operations = [
        *append_only("feedback_complaint", once=["answered_on", "reopened_at"], free=FREE),
        *append_only("feedback_complaintevent"),
        *append_only("feedback_complaintnote"),
        *append_only("feedback_complaintfile", free=["scan"]),
    ]
