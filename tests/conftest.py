"""What all tests share: Debian's Chromium for those that need a browser."""

import os
import shutil

import pytest

# Playwright's loop runs in the main thread of its tests; Django would take that for async code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
)  # fmt: skip
"""No sandbox: root has none. Nothing is looked up on the network at the start."""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Start the browser of the system: Playwright's own is not installed."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    return {**browser_type_launch_args, "executable_path": program, "args": list(QUIET)}
