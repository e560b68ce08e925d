"""What complaints hang into the rest of the portal."""


def register() -> None:
    """Called once, when the app is ready."""
