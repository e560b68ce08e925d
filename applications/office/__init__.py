"""The officers' desk inside the admin: queue, register, case, records, verdicts, buttons."""

from django.urls import path


def urls(site):
    """Return the desk's URL patterns, which stand before Django's own below /admin/."""
    from applications.office import (
        actions,
        case,
        claims,
        counter,
        counter_case,
        findings,
        identity,
        queue,
        records,
        register,
        rooms,
        undelivered,
    )

    desk = site.admin_view
    return [
        path("", desk(queue.index), name="index"),
        path("data-induk/", desk(site.index), name="data"),
        path("pesan-gagal/", desk(undelivered.page), name="undelivered"),
        path("pesan-gagal/<uuid:pk>/kirim/", desk(undelivered.send_again), name="send_again"),
        path("loket/", desk(counter.desk), name="counter"),
        path("loket/terima/", desk(counter.take), name="counter_take"),
        path("loket/<uuid:pk>/kertas/", desk(counter_case.paper), name="counter_paper"),
        path("loket/<uuid:pk>/kontak/", desk(counter_case.reach), name="counter_reach"),
        path("loket/<uuid:pk>/formulir/", desk(counter_case.form), name="counter_form"),
        path("loket/<uuid:pk>/bukti/", desk(counter_case.slip), name="counter_slip"),
        path("permohonan/", desk(queue.everything), name="cases"),
        path("permohonan/cari/", desk(queue.search), name="search"),
        path("temuan-baru/", desk(findings.page), name="findings"),
        path("register/", desk(register.book), name="register"),
        path("register/ekspor/", desk(register.ask), name="register_ask"),
        path("register/ekspor/<uuid:pk>/", desk(register.progress), name="register_export"),
        path("register/ekspor/<uuid:pk>/unduh/", desk(register.fetch), name="register_fetch"),
        path("permohonan/<uuid:pk>/", desk(case.page), name="case"),
        path("permohonan/<uuid:pk>/langkah/<slug:move>/", desk(actions.move), name="move"),
        path("permohonan/<uuid:pk>/berkas/<uuid:version>/", desk(actions.judge), name="judge"),
        path("permohonan/<uuid:pk>/butir/", desk(actions.add_point), name="add_point"),
        path(
            "permohonan/<uuid:pk>/butir/<int:point>/", desk(actions.drop_point), name="drop_point"
        ),
        path("permohonan/<uuid:pk>/catatan/", desk(actions.note), name="note"),
        path("permohonan/<uuid:pk>/ambil/", desk(claims.claim), name="claim"),
        path("permohonan/<uuid:pk>/serahkan/", desk(claims.hand_over), name="hand_over"),
        path("permohonan/<uuid:pk>/hitung/", desk(actions.assess), name="assess"),
        path("permohonan/<uuid:pk>/identitas/", desk(identity.compare), name="identity"),
        path("permohonan/<uuid:pk>/isian/<slug:kind>/", desk(records.edit), name="record"),
        path("permohonan/<uuid:pk>/pratinjau/<slug:kind>/", desk(case.preview), name="preview"),
        path(
            "permohonan/<uuid:pk>/pratinjau/<slug:kind>/<slug:mark>/<int:page>/",
            desk(case.draft_page),
            name="draft_page",
        ),
        *(url for room in rooms.ROOMS for url in room.urls(desk)),
    ]
