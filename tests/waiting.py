"""Waiting in a real browser for what a page does: until it is so, never for a while."""

import time
from contextlib import contextmanager

from playwright.sync_api import Error

PATIENCE = 60
"""Seconds for what a page does on a busy machine."""
STEP = 25
"""Milliseconds from one look to the next."""
AWAIT = """(form) => {
  const scripted = form && form.matches("form[data-kirim]");
  if (scripted) form.setAttribute("data-awaited", "");
  return Boolean(scripted);
}"""
AWAITED = "document.querySelector('form[data-awaited]:not(:has(.kirim.error))') !== null"
"""Whether such a form still waits: an answer replaces it or its page, a lost one says so in it."""


def comes(page, happens, patience=PATIENCE):
    """Return whether something becomes so within ``patience`` seconds.

    Asks from outside, as the CSP lets no text be evaluated within a page."""
    end = time.monotonic() + patience
    while not _holds(happens):
        if time.monotonic() > end:
            return False
        page.wait_for_timeout(STEP)
    return True


def _holds(happens):
    try:
        return happens()
    except Error:  # the page went away while it was asked
        return False


def until(page, happens, patience=PATIENCE):
    """Wait until something is so."""
    assert comes(page, happens, patience), f"did not happen in {patience} s on {page.url}"


@contextmanager
def sent(page, form):
    """Expect what is done inside to send this form, and wait until the page shows the answer.

    ``form`` is a handle of the form, or of nothing where a link is followed."""
    if page.evaluate(AWAIT, form):
        yield
        until(page, lambda: not page.evaluate(AWAITED))
        page.wait_for_load_state()
    else:
        with page.expect_navigation():
            yield
        page.wait_for_load_state()
