"""What a person finds in the portal's inbox."""

from django.db.models import QuerySet
from django.utils import timezone

from notifications.models import Message


def of(user) -> QuerySet[Message]:
    """Return the person's inbox, newest first."""
    return Message.objects.filter(user=user, channel=Message.Channel.INBOX).order_by("-created_at")


def unread(user) -> int:
    """Return how many messages the person has not read; 0 for nobody in particular."""
    return of(user).filter(read_at=None).count() if user.is_authenticated else 0


def mark_read(messages: QuerySet[Message]) -> int:
    """Mark those that were unread; return how many."""
    return messages.filter(read_at=None).update(read_at=timezone.now())
