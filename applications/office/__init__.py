"""The officers' desk inside the admin: queue, register, case, records, verdicts, buttons."""

from django.urls import path


def urls(site):
    """Return the desk's URL patterns, which stand before Django's own below /admin/."""
    from applications.office import rooms

    desk = site.admin_view
    lists = [path("data-induk/", desk(site.index), name="data"), *_lists(desk)]
    built = [url for room in rooms.ROOMS for url in room.urls(desk)]
    return [*lists, *_counter(desk), *_register(desk), *_case(desk), *_papers(desk), *built]


def _lists(desk):
    from applications.office import findings, queue, undelivered

    return [
        path("", desk(queue.index), name="index"),
        path("pesan-gagal/", desk(undelivered.page), name="undelivered"),
        path("pesan-gagal/<uuid:pk>/kirim/", desk(undelivered.send_again), name="send_again"),
        path("permohonan/", desk(queue.everything), name="cases"),
        path("permohonan/cari/", desk(queue.search), name="search"),
        path("temuan-baru/", desk(findings.page), name="findings"),
    ]


def _counter(desk):
    from applications.office import counter, counter_case

    one = "loket/<uuid:pk>/"
    return [
        path("loket/", desk(counter.desk), name="counter"),
        path("loket/terima/", desk(counter.take), name="counter_take"),
        path(f"{one}kertas/", desk(counter_case.paper), name="counter_paper"),
        path(f"{one}kontak/", desk(counter_case.reach), name="counter_reach"),
        path(f"{one}formulir/", desk(counter_case.form), name="counter_form"),
        path(f"{one}bukti/", desk(counter_case.slip), name="counter_slip"),
    ]


def _register(desk):
    from applications.office import register

    one = "register/ekspor/<uuid:pk>/"
    return [
        path("register/", desk(register.book), name="register"),
        path("register/ekspor/", desk(register.ask), name="register_ask"),
        path(one, desk(register.progress), name="register_export"),
        path(f"{one}unduh/", desk(register.fetch), name="register_fetch"),
    ]


def _case(desk):
    from applications.office import actions, case, claims, identity, records, signing
    from applications.views import casefile

    one, draft = "permohonan/<uuid:pk>/", "pratinjau/<slug:kind>/"
    return [
        path(one, desk(case.page), name="case"),
        path(f"{one}berkas-digital/", desk(casefile.office), name="case_file"),
        path(f"{one}langkah/<slug:move>/", desk(actions.move), name="move"),
        path(f"{one}tanda-tangan/<slug:move>/", desk(signing.page), name="sign"),
        path(f"{one}berkas/<uuid:version>/", desk(actions.judge), name="judge"),
        path(f"{one}butir/", desk(actions.add_point), name="add_point"),
        path(f"{one}butir/<int:point>/", desk(actions.drop_point), name="drop_point"),
        path(f"{one}catatan/", desk(actions.note), name="note"),
        path(f"{one}ambil/", desk(claims.claim), name="claim"),
        path(f"{one}serahkan/", desk(claims.hand_over), name="hand_over"),
        path(f"{one}hitung/", desk(actions.assess), name="assess"),
        path(f"{one}identitas/", desk(identity.compare), name="identity"),
        path(f"{one}identitas/<slug:whose>/", desk(identity.judge), name="judge_card"),
        path(f"{one}isian/<slug:kind>/", desk(records.edit), name="record"),
        path(f"{one}{draft}", desk(case.preview), name="preview"),
        path(f"{one}{draft}<slug:mark>/<int:page>/", desk(case.draft_page), name="draft_page"),
    ]


def _papers(desk):
    from applications.office import sanctions

    one = "surat/<uuid:pk>/"
    return [
        path(one, desk(sanctions.page), name="sanction"),
        path(f"{one}<slug:kind>/", desk(sanctions.act), name="sanction_act"),
    ]
