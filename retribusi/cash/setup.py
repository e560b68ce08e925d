"""What the cash hangs into the rest of the portal."""


def register() -> None:
    """Called once, when the app is ready."""
    from applications import register_file
    from applications.office import rooms
    from retribusi.cash import chain, desk, elsewhere, panels, readers, sheet

    rooms.register("Kas", "cash", desk.urls, readers.reads, group=rooms.MONEY)
    register_file.SHEETS.update(sheet.SHEETS)
    for panel in elsewhere.EVERY:
        panels.register(panel)
    chain.register()
