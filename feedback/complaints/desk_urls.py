"""Addresses of complaints at the desk, below /admin/."""

from django.urls import path


def urls(desk):
    from feedback.complaints import desk as pages
    from feedback.complaints import desk_moves as moves

    one = "pengaduan/<uuid:pk>/"
    return [
        path("pengaduan/", desk(pages.everything), name="complaints"),
        path("pengaduan/baru/", desk(moves.enter), name="complaint_enter"),
        path(one, desk(pages.page), name="complaint"),
        path(f"{one}langkah/<slug:move>/", desk(moves.move), name="complaint_move"),
        path(f"{one}berkas/<uuid:file>/", desk(pages.attachment), name="complaint_file"),
    ]
