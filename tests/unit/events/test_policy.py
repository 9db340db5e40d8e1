"""Who may do what with events, written out a second time."""

from types import SimpleNamespace as Thing

import pytest

from portal.events import policy
from tests.unit.events.people import DELEGATE, OURS, PEOPLE

ROW = Thing(organisation_id=OURS, person_id=DELEGATE, registered_by_id=PEOPLE["member"].id)
STAFF = {"team", "portal admin"}
BINDING = {"representative", "manager"} | STAFF
BELONGING = {"member", "delegate"} | BINDING

#: For each question: who is answered yes.
ALLOWED = {
    "runs": STAFF,
    "keeps_quota": STAFF,
    "keeps_ticket": STAFF,
    "looks_after": STAFF,
    "registers": BELONGING | {"other company"},
    "is_the_portal": {"portal"},
    "portal_or_staff": STAFF | {"portal"},
    "binds": BINDING,
    "speaks_for": BINDING | {"delegate"},
    "sees_registration": BINDING | {"member"},
}


@pytest.mark.parametrize("question", ALLOWED)
def test_those_may_and_nobody_else(question):
    may = getattr(policy, question)
    assert {name for name, actor in PEOPLE.items() if may(actor, ROW)} == ALLOWED[question]


def test_who_registers_from_an_organisation_and_who_registers_colleagues():
    belonging = {name for name, actor in PEOPLE.items() if policy.registers_from(actor, OURS)}
    binding = {name for name, actor in PEOPLE.items() if policy.registers_colleagues(actor, OURS)}
    assert belonging == BELONGING
    assert binding == BINDING


def test_a_delegate_without_an_account_is_nobody_in_particular():
    unknown = Thing(organisation_id=OURS, person_id=None)
    assert {n for n, actor in PEOPLE.items() if policy.speaks_for(actor, unknown)} == BINDING
