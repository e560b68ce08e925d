"""The workflow is exactly the table, and nothing beside it."""

from typing import get_args

from applications.models import Application
from applications.workflow import BY_NAME, MOVES, State
from imbportal.daerah import schema
from imbportal.daerah.vocabulary import GATES
from imbportal.daerah.vocabulary import MOVES as MOVE_NAMES

TABLE = """
DRAFT                                     request_krk        KRK_REQUESTED
KRK_REQUESTED                             return_krk         KRK_INCOMPLETE
KRK_INCOMPLETE                            resend_krk         KRK_REQUESTED
KRK_REQUESTED                             issue_krk          KRK_ISSUED
KRK_REQUESTED                             refuse_krk         REJECTED
DRAFT,KRK_ISSUED                          submit             SUBMITTED
SUBMITTED                                 return_incomplete  INCOMPLETE
INCOMPLETE                                resubmit           SUBMITTED
SUBMITTED                                 accept             RECORDING
RECORDING                                 record_building    ASSESSMENT
ASSESSMENT                                request_revision   REVISION
REVISION                                  revise             ASSESSMENT
ASSESSMENT                                approve_technical  FEE
FEE                                       return_assessment  ASSESSMENT
FEE                                       propose_skrd       SKRD_SIGNING
SKRD_SIGNING                              return_skrd        FEE
SKRD_SIGNING                              issue_skrd         AWAITING_PAYMENT
SKRD_SIGNING                              issue_nil_skrd     PERMIT_SIGNING
AWAITING_PAYMENT                          void_skrd          FEE
AWAITING_PAYMENT                          report_payment     AWAITING_PAYMENT
AWAITING_PAYMENT                          submit_payment     PAYMENT_REVIEW
PAYMENT_REVIEW                            refuse_payment     AWAITING_PAYMENT
PAYMENT_REVIEW,AWAITING_PAYMENT           confirm_payment    PERMIT_SIGNING
PERMIT_SIGNING                            return_permit      ASSESSMENT
PERMIT_SIGNING                            issue_permit       ISSUED
ASSESSMENT,FEE                            propose_rejection  REJECTION_SIGNING
REJECTION_SIGNING                         return_rejection   ASSESSMENT
REJECTION_SIGNING                         reject             REJECTED
ISSUED                                    update_building    READY
READY                                     hand_over          COLLECTED
DRAFT,KRK_REQUESTED,KRK_INCOMPLETE        withdraw           WITHDRAWN
KRK_ISSUED,SUBMITTED,INCOMPLETE           withdraw           WITHDRAWN
RECORDING,ASSESSMENT,REVISION,FEE         withdraw           WITHDRAWN
SKRD_SIGNING,AWAITING_PAYMENT             withdraw           WITHDRAWN
REJECTION_SIGNING                         withdraw           WITHDRAWN
KRK_INCOMPLETE,KRK_ISSUED,INCOMPLETE,REVISION,AWAITING_PAYMENT  lapse  LAPSED
RECORDING,ASSESSMENT                      undo_accept        SUBMITTED
REJECTED,LAPSED                           reopen             SUBMITTED
"""


def written():
    rows = {
        (source, name, target)
        for sources, name, target in map(str.split, TABLE.strip().splitlines())
        for source in sources.split(",")
    }
    return rows | {(gate, name, gate) for gate in GATES for name in ("endorse", "send_back")}


def test_the_workflow_is_exactly_this():
    found = {
        (str(t.source), t.name, str(t.target)) for t in Application().get_all_state_transitions()
    }
    assert found == written()


def test_the_table_on_the_screen_says_the_same():
    said = {
        (str(source), move.name, str(move.target or source))
        for move in MOVES
        for source in move.source
    }
    assert said == written()


def test_files_may_name_exactly_these_moves_and_gates():
    assert set(MOVE_NAMES) == set(BY_NAME)
    assert set(get_args(schema.Gate)) == set(GATES)
    assert set(GATES) < set(State.values)


def test_moves_that_go_back_need_a_reason():
    with_reason = {move.name for move in MOVES if move.reason}
    assert with_reason == {
        "refuse_krk", "return_assessment", "return_skrd", "void_skrd", "refuse_payment",
        "return_permit", "propose_rejection", "return_rejection", "undo_accept", "reopen",
        "send_back",
    }  # fmt: skip


def test_the_state_can_only_be_set_by_a_transition():
    import pytest

    with pytest.raises(AttributeError):
        Application().state = "ISSUED"
