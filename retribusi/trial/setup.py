"""What the trials hang into the rest of the portal."""


def register() -> None:
    """Called once, when the app is ready."""
    from applications.office import rooms
    from retribusi.trial import desk, drafts, runs

    rooms.register("Uji tarif", "trials", desk.urls, drafts.reads, group=rooms.MONEY)
    runs.setup()
