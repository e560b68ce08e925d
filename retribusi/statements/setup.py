"""What the bank's statements hang into the rest of the portal."""

from typing import Any

from django.urls import path


def urls(desk: Any) -> list[Any]:
    from retribusi.statements import desk as pages
    from retribusi.statements import desk_formats, desk_lines

    place = "rekening-koran/<uuid:pk>/"
    return [
        path("rekening-koran/", desk(pages.everything), name="statements"),
        path("rekening-koran/unggah/", desk(pages.upload), name="statement_upload"),
        path("rekening-koran/format/", desk(desk_formats.everything), name="bank_formats"),
        path("rekening-koran/format/baru/", desk(desk_formats.new), name="bank_format_new"),
        path("rekening-koran/format/<int:pk>/", desk(desk_formats.change), name="bank_format"),
        path(place, desk(pages.page), name="statement"),
        path(f"{place}xlsx/", desk(pages.download), name="statement_sheet"),
        path(f"{place}baris/<int:row>/", desk(desk_lines.page), name="statement_line"),
        path(
            f"{place}baris/<int:row>/<slug:act>/", desk(desk_lines.act), name="statement_line_act"
        ),
        path(f"{place}<slug:act>/", desk(desk_lines.whole), name="statement_act"),
    ]


def register() -> None:
    """Called once, when the app is ready."""
    from applications.office import rooms
    from imbportal import invariants as every
    from retribusi.statements import access, chain, invariants

    rooms.register("Rekening koran", "statements", urls, access.reads, group=rooms.MONEY)
    every.register(*invariants.CHECKS)
    chain.register()
