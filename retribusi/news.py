"""How the applicant, the office and its head are told of what is done beside the moves.

Each message has a cause, an event or a key where there is none: it is sent once for it, however
often that is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from accounts import contacts, postings
from applications import rules
from applications.models import Application, Event
from applications.telling import ENDED, WAIT
from imbportal.daerah import registry
from notifications import outbox

TOLD = "email/sms"
"""How a decision or a sum is told where the file says nothing: it must reach whom it concerns."""
TO_HEAD = "email"


def about(case: Application, headline: str) -> dict[str, Any]:
    """Return what every message says of its case."""
    return {
        "permit": case.rules.service.permit,
        "number": case.number,
        "place": case.address,
        "headline": headline,
        "office": case.rules.office.name,
        "by_when": "",
    }


def applicant(
    case: Application, cause: Event | str, headline: str, *, detail: str = "", next_: str = WAIT,
    by_when: str = "", wish: str | None = TOLD, url: str = "",
) -> None:  # fmt: skip
    """Tell the applicant, in his inbox always; an agent whose letter ended, that there is news.

    ``wish`` is the way in the words of the file (``email/sms``), ``url`` the page where he goes
    on, where it is not that of the case.
    """
    user, acts = case.applicant, rules.acts(case)
    words = {"detail": detail, "next": next_, "by_when": by_when} if acts else ENDED
    outbox.send(
        template="langkah",
        key=f"{_key(cause)}:pemohon",
        user=user,
        channels=_channels(user, wish),
        context=about(case, headline if acts else "Ada kabar baru") | words,
        daerah=case.daerah,
        case=case.pk,
        url=url if url and acts else case.get_absolute_url(),
    )


def office(
    case: Application, cause: Event | str, roles: Iterable[str], headline: str, *, task: str,
    url: str, detail: str = "", wish: str | None = None,
) -> None:  # fmt: skip
    """Tell every holder of these roles once, in the inbox always."""
    key = _key(cause)
    found = [postings.holders(case.daerah, role, kecamatan=case.kecamatan) for role in roles]
    people = {officer.pk: officer for holders in found for officer in holders}
    outbox.send_each(
        [(f"{key}:kantor:{pk}", user, _channels(user, wish)) for pk, user in people.items()],
        template="kantor",
        context=about(case, headline) | {"detail": detail, "task": task},
        daerah=case.daerah,
        case=case.pk,
        url=url,
    )


def head(
    daerah: str, key: str, template: str, headline: str, *, detail: str, url: str,
    number: str = "", case: Any = None,
) -> None:  # fmt: skip
    """Tell the head of an office, by e-mail too, of a bill (``number``) or of the money at all."""
    rules_ = registry.current(daerah)
    outbox.send_each(
        [(f"{key}:{user.pk}", user, _channels(user, TO_HEAD))
         for user in postings.holders(daerah, rules_.head)],
        template=template,
        context={
            "headline": headline, "office": rules_.office.name, "number": number, "detail": detail,
        },
        daerah=daerah,
        case=case,
        url=url,
    )  # fmt: skip


def _key(cause: Event | str) -> str:
    return cause if isinstance(cause, str) else f"event:{cause.pk}"


def _channels(user: Any, wish: str | None) -> list[Any]:
    return contacts.channels(user, wish) if wish else []
