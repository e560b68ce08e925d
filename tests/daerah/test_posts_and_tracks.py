"""What a file may say of posts in several units, and of questions that only one track asks."""

import pytest

from accounts.models import User
from applications import facts
from applications.models import Application
from imbportal.daerah import loader, registry

TEXT = (registry.FOLDER / "probolinggo.toml").read_text(encoding="utf-8")
CAMAT = next(line for line in TEXT.splitlines() if line.startswith("camat = "))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (CAMAT, CAMAT.replace(', "kedopok"', ""),
         "track.pasal3.stage.PERMIT_SIGNING[1].role: camat has no post for Kedopok (357405)"),
        (CAMAT, CAMAT.replace('"kedopok"', '"bpp"'),
         "role.camat.unit: of several units each serves a kecamatan of its own"),
        (CAMAT, CAMAT.replace('"kedopok"', '"kraton"'), 'role.camat.unit: unknown unit "kraton"'),
        (CAMAT, CAMAT.replace("Camat {kecamatan}", "Camat {desa}"),
         'role.camat.sign_title: unknown place "{desa}"'),
        ('title = "Kepala Dinas Pekerjaan Umum", unit = "dinas_pu"',
         'title = "Kepala Dinas", unit = "dinas_pu", sign_title = "Kepala {kecamatan}"',
         "role.kadis_pu.sign_title: takes {kecamatan}"),
        ('head = "kepala_bpp"', 'head = "camat"', "head: the head is one person"),
        ('track = "pasal6", environment = "amdal"', 'track = "pasal9", environment = "amdal"',
         'when: track is never "pasal9"'),
        ("when = { public_interest = true }", 'when = { track = "pasal4" }',
         "track.pasal6.when: a track cannot be chosen by the track"),
        ('section = "rencana"\nunit = "lantai"',
         'section = "rencana"\nunit = "lantai"\nwhen = { track = "pasal4" }',
         "floors depends on its own answer"),
        ('  "Pemohon menyediakan AMDAL atau UKL dan UPL",\n', "",
         "track.pasal6.procedure: lists no step 17, which a link is"),
        ('[paper.krk]\n', '[paper.krk]\nclauses = ["KRK ini berlaku."]\n',
         "paper.krk.clauses: only the permit (izin) decides anything"),
        ('clauses = ["Izin ini', 'clauses = ["1", "2", "3", "4", "5", "6", "Izin ini',
         "paper.izin.clauses: at most 6"),
        ('code = "planner"', 'code = "track"', '"track" is known without asking'),
        ('track = "pasal6", environment = "amdal"', 'environment = "amdal"',
         "environment is not always asked: repeat its own condition beside it"),
    ],
)  # fmt: skip
def test_a_file_that_would_leave_somebody_without_a_hand_or_an_answer_is_refused(old, new, said):
    assert TEXT.count(old) >= 1
    with pytest.raises(loader.DaerahError) as refusal:
        loader.load(TEXT.replace(old, new), "probolinggo.toml")
    assert said in str(refusal.value)


HOUSE = {"function": "hunian", "dwelling": "tunggal", "floor_area": 120, "public_interest": False}


def draft(**answers):
    """Return a draft with these answers, which lies in no database."""
    case = Application(daerah="probolinggo", applicant=User())
    for code, value in (HOUSE | answers).items():
        facts.store(case, code, value)
    return case


@pytest.mark.parametrize(
    ("floors", "track", "asked"), [(1, "pasal4", True), (2, "pasal5", False), (None, None, True)]
)
def test_a_question_of_one_track_is_asked_in_it_and_its_answer_counts_there_alone(
    floors, track, asked
):
    case = draft(floors=floors, planner="pemilik")
    values = facts.of(case)
    assert values.get("track") == track
    assert ("planner" in {fact.code for fact in facts.asked(case.rules, "izin", values)}) is asked
    assert ("planner" in values) is asked
