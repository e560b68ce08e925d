"""What higher layers fill in when the portal starts: ``money`` retribusi, ``survey`` feedback."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from applications.models import Application, Event
    from documents.content import PaperContent, Section
    from documents.models import Paper


STAGE, STAGE_LABEL = "kondisi", "Pekerjaan yang sudah dimulai"
"""The answer how far the work had come, in the minutes and in what the fee is made of."""


class Stages(Protocol):
    """How far the work on a building may have come before its permit, as the tariff tells apart."""

    choices: list[tuple[str, str]]
    """Code and words of each stage."""
    required: bool
    """Whether the answer counts: the building of the application is new."""
    costly: frozenset[str]
    """Codes of those that raise the fee."""


class Money(Protocol):
    """The retribution of a case; amounts are whole rupiah."""

    def ready(self, application: Application) -> list[str]:
        """Return what is missing before the bill may be proposed."""

    def due(self, application: Application) -> int:
        """Return what is still to be paid: newest assessment less payments."""

    def outdated(self, application: Application) -> list[str]:
        """Return that another tariff counts by now than the fee was calculated by."""

    def assess(self, application: Application, *, by: Any) -> Any:
        """Calculate the fee from the record ``pendataan`` by the engine."""

    def draft_bill(self, application: Application, at: datetime.datetime) -> PaperContent:
        """Return the content of the SKRD."""

    def annex(self, application: Application) -> tuple[Section, ...]:
        """Return the calculation, line by line, for the permit's annex."""

    def bill_letter(
        self, kind: str, application: Application, note: str, at: datetime.datetime
    ) -> PaperContent:
        """Return the receipt of a payment (SSRD), or the letter that voids a bill."""

    def bill(self, application: Application, paper: Paper, at: datetime.datetime) -> None:
        """Make the bill of a paper that has just got its number."""

    def billed(self, cases: list[Any]) -> dict[Any, int]:
        """Return by case (id) what its standing bills ask for; cases without one are left out."""

    def void_bill(self, application: Application, reason: str, at: datetime.datetime) -> None: ...

    def live_bill(self, application: Application) -> Any: ...

    def proof_waiting(self, application: Application) -> Any: ...

    def confirm(
        self, application: Application, by: Any, at: datetime.datetime, note: str = ""
    ) -> None: ...

    def tick(self, application: Application) -> str:
        """Return the note with which alone the waiting proof may be confirmed, "" for none."""

    def voided(self, application: Application) -> dict[str, str] | None:
        """Return the notice (title, text) of a bill that was voided and has no successor yet."""

    def reminds(self, application: Application) -> bool:
        """Tell whether the bill's own reminders speak now, so that no other one does."""

    def refuse(
        self, application: Application, by: Any, reason: str, at: datetime.datetime
    ) -> None: ...

    def fallen(self, application: Application, at: datetime.datetime) -> list[str]:
        """Void the bills of interest that no longer stand after a move; return their papers."""

    def interest_card(self, application: Application) -> dict[str, Any] | None:
        """Return what the applicant's page says of interest on a late payment."""

    def interest_on_desk(self, application: Application, proof: Any) -> list[dict[str, Any]]:
        """Return what the office's page says of late bills, and of a late slip that waits."""

    def nothing_paid(self, application: Application) -> bool: ...

    def exact(self, application: Application) -> list[str]:
        """Return why the waiting proof may not be confirmed."""

    def relief_cards(self, application: Application) -> list[Any]:
        """Return what the applicant's page says of relief: what he may ask, what became of it."""

    def relief_on_desk(self, case: Application, user: Any) -> list[Any]:
        """Return the requests for relief of a case as its officers see them."""

    def reliefs_waiting(self, user: Any, daerah: str) -> list[Any]:
        """Return the requests for relief that wait for a user's act in a daerah."""

    def pending_reliefs(self, cases: list[Any]) -> dict[Any, Any]:
        """Return by case (id) the request that still waits: name, in whose hands, since when."""

    def offer_relief(self, application: Application) -> None:
        """Tell the applicant once of the relief that he may ask for now."""

    def end_relief(self, application: Application, at: datetime.datetime) -> None:
        """Close a request that waits in a case that is over."""

    def relief_letter(
        self, application: Application, note: str, at: datetime.datetime
    ) -> PaperContent:
        """Return the letter with the decision on the newest request."""

    def relief_cover(
        self, application: Application, note: str, at: datetime.datetime
    ) -> PaperContent:
        """Return the letter with which the newest request is sent on to who decides."""

    def relief_document(self, version: Any) -> tuple[str, str, bool, str] | None:
        """Return of a file that goes with a request: label, page, whether it can be replaced
        now, and what the office must do; None of any other file."""

    def moved(self, application: Application, moves: Iterable[str]) -> None:
        """Do what moves bring (by name), in their transaction: refunds open, objections end."""

    def unsettled(self, application: Application) -> list[str]:
        """Return why no permit may be issued yet: an objection to its bill was upheld."""

    def correction_letter(
        self, kind: str, application: Application, note: str, at: datetime.datetime
    ) -> PaperContent:
        """Return a paper of an objection or a refund."""

    def correction_cards(self, application: Application, user: Any) -> list[Any]:
        """Return what the applicant's page says of objections and refunds."""

    def corrections_on_desk(self, case: Application, user: Any) -> list[Any]:
        """Return the objections and refunds of a case as its officers see them."""

    def corrections_waiting(self, user: Any, daerah: str) -> list[Any]:
        """Return the objections and refunds that wait for a user's act in a daerah."""

    def opens_refund(self, case: Application, user: Any) -> bool:
        """Return whether a user may open a refund by hand in a case."""

    def correction_document(self, version: Any) -> tuple[str, str, bool, str] | None:
        """Return of a file that goes with an objection what ``relief_document`` returns."""

    def duplicates(self, proof: Any) -> str:
        """Return where the same slip was filed before, in words for the cashier."""

    def building_form(
        self, case: Application, *, data: Any = None, initial: dict[str, Any] | None = None
    ) -> Any:
        """Return the form of the record ``pendataan``: is_valid, errors, as_json."""

    def stages(self, application: Application) -> Stages | None:
        """Return what the minutes of a visit say of work already begun; None where the fee does
        not depend on it, or is not set by the minutes."""

    def building_rows(self, case: Application, data: dict[str, Any]) -> list[tuple[str, str]]:
        """Return that record as label and value rows."""


money: Money


class Survey(Protocol):
    """The survey of satisfaction, to which the applicant of a case that is over is invited."""

    def invite(self, event: Event, application: Application) -> None:
        """Follow a move in its transaction: invite whoever it has just served."""

    def asked(self, cases: Iterable[Application]) -> dict[Any, str]:
        """Return by case (id) the address of a questionnaire that waits for its answer."""

    def sheet(self, application: Application, note: str, at: datetime.datetime) -> PaperContent:
        """Return the questionnaire on paper, for who got his permit at the counter."""


survey: Survey
