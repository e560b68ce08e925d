"""What the survey hangs into the rest of the portal."""


def register() -> None:
    """Called once, when the app is ready."""
    from applications import ports, register_file
    from applications.office import rooms
    from feedback.survey import desk, invariants, invitations, results, sheet, standard
    from imbportal import invariants as every
    from imbportal import standard_parts
    from notifications import periodic

    ports.survey = invitations
    rooms.register("Kepuasan", "survey", desk.urls)
    standard_parts.register("kepuasan", "feedback/standard.html", standard.part)
    register_file.SHEETS[sheet.KIND] = sheet.SHEET
    every.register(*invariants.CHECKS)
    periodic.register("tutup_triwulan", periodic.DAY, results.close_due)
