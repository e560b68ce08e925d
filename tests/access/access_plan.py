"""Who looks, and which cases there are to be looked at."""

COLUMNS = ("anonymous", "owner", "other", "turn", "role", "away", "admin", "auditor", "super")
"""In the order of the columns of the matrix; ``turn`` is on turn in the case of the matrix."""
ACTORS = (*COLUMNS, "former")
"""``former`` is an agent whose letter of attorney has ended."""
PLAN = (
    ("contoh", "budi", "DRAFT"), ("contoh", "budi", "ASSESSMENT"), ("contoh", "budi", "REVISION"),
    ("contoh", "budi", "AWAITING_PAYMENT"), ("contoh", "budi", "READY"),
    ("contoh", "budi", "PAYMENT_REVIEW"),
    ("contoh", "budi", "FEE"),
    ("contoh", "siti", "DRAFT"), ("contoh", "siti", "FEE"),
    ("contoh", "konsultan", "SUBMITTED"),
    ("pamekasan", "siti", "KRK_REQUESTED"), ("pamekasan", "siti", "PAYMENT_REVIEW"),
    ("pamekasan", "konsultan", "SUBMITTED"), ("pamekasan", "budi", "DRAFT"),
    ("contoh", "andi", "READY"),
)  # fmt: skip
"""Daerah, applicant and state of each case; the first of a daerah and state is the matrix's own."""
COUNTER = ("pamekasan", "budi", "DRAFT")
"""The draft that the counter of the other daerah fills for its applicant."""
RELIEF = ("contoh", "budi", "FEE")
"""The case in which relief is asked for, with a document of its own."""
LATE = ("contoh", "budi", "AWAITING_PAYMENT")
"""The case whose bill will be overdue, with a bill of interest that nobody signed yet."""
OBJECTION = ("contoh", "budi", "AWAITING_PAYMENT")
"""The case with an objection to its bill, and a document that shows why."""
FORMER = "andi"
PEOPLE = ("budi", "siti", "konsultan", FORMER)
LONG = PLAN + tuple(
    (slug, who, state)
    for slug, state in (
        *(("contoh", state) for state in ("KRK_REQUESTED", "KRK_INCOMPLETE", "KRK_ISSUED",
          "INCOMPLETE", "RECORDING", "SKRD_SIGNING", "PERMIT_SIGNING", "COLLECTED", "WITHDRAWN")),
        *(("pamekasan", state) for state in ("INCOMPLETE", "ASSESSMENT", "REVISION",
          "AWAITING_PAYMENT", "PERMIT_SIGNING", "READY", "REJECTED")),
    )
    for who in ("siti", "budi", "konsultan")
)[:35]  # fmt: skip
"""Fifty cases, most states in both daerah."""
