"""What a move did, in the words of the daerah's file where it has some."""

from __future__ import annotations

from applications import besides
from applications.models import Application, Event
from applications.workflow import BY_NAME


def headline(application: Application, event: Event) -> str:
    """Return what an event did, as history and papers say it."""
    if beside := besides.headline(application, event):
        return beside
    on = application.rules.on_move(application.track, event.move).done if application.track else ""
    chains = application.rules.chains(application.track) if application.track else {}
    chain = chains.get(event.source, ())
    forward = BY_NAME[event.move].by.ways & {"last", "not_last"}
    link = chain[event.turn_before] if forward and event.turn_before < len(chain) else None
    return on or (link.done if link else "") or BY_NAME[event.move].label
