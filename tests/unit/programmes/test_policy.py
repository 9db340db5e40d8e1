"""Who may do what, as one table: a row for each kind of person, a column for each policy."""

import inspect
from types import SimpleNamespace as Thing

import pytest

from portal.programmes import policy
from tests.unit.programmes.people import OURS, PEOPLE, somebody

APPLICATION = Thing(organisation_id=OURS)
DECISION = Thing(application=APPLICATION, prepared_by_id=PEOPLE["preparer"].id)
OFFER = Thing(application=APPLICATION)
PARTICIPATION = Thing(organisation_id=OURS)
MILESTONE = Thing(participation=PARTICIPATION)
PART = Thing(application=APPLICATION)

#: Every policy about a thing, with the thing, and who may: written by hand, never read from there.
TEAM = {"team", "preparer", "team, own company", "team, elsewhere", "portal admin"}
IMPARTIAL = TEAM - {"team, own company"}
COMPANY = {"member", "representative", "manager", "team, own company"}
BINDING = COMPANY - {"member"}
TABLE = {
    "runs": (object(), TEAM),
    "fills_in": (APPLICATION, COMPANY | TEAM),
    "fills_in_part": (PART, COMPANY | TEAM),
    "binds": (APPLICATION, BINDING),
    "assesses": (APPLICATION, IMPARTIAL),
    "calls_off": (APPLICATION, TEAM),
    "prepares": (DECISION, IMPARTIAL),
    "withdraws_from": (DECISION, BINDING),
    "approves": (DECISION, IMPARTIAL - {"preparer"}),
    "answers": (OFFER, BINDING),
    "offers": (OFFER, IMPARTIAL),
    "is_the_portal": (APPLICATION, {"portal"}),
    "portal_or_assesses": (APPLICATION, IMPARTIAL | {"portal"}),
    "guides": (PARTICIPATION, IMPARTIAL),
    "takes_part": (PARTICIPATION, COMPANY | IMPARTIAL),
    "leaves": (PARTICIPATION, BINDING | IMPARTIAL),
    "works_towards": (MILESTONE, COMPANY | IMPARTIAL),
    "judges": (MILESTONE, IMPARTIAL),
    "portal_or_judges": (MILESTONE, IMPARTIAL | {"portal"}),
}
#: Policies about the person alone.
ALONE = {
    "runs_programmes": TEAM,
    "applies": COMPANY | {"other member", "team, elsewhere"},
}


def test_every_policy_has_its_row():
    ours = {
        name
        for name, found in inspect.getmembers(policy, inspect.isfunction)
        if found.__module__ == policy.__name__
    }
    assert ours == TABLE.keys() | ALONE.keys()


@pytest.mark.parametrize("kind", PEOPLE)
@pytest.mark.parametrize("name", TABLE)
def test_who_may_do_what_with_a_thing(name, kind):
    thing, who = TABLE[name]
    said = getattr(policy, name)(PEOPLE[kind], thing)
    assert said is (kind in who), f"{kind} {name}"


@pytest.mark.parametrize("kind", PEOPLE)
@pytest.mark.parametrize("name", ALONE)
def test_who_may_do_what_at_all(name, kind):
    assert getattr(policy, name)(PEOPLE[kind]) is (kind in ALONE[name])


def test_who_has_not_confirmed_an_address_applies_for_nobody():
    assert policy.applies(somebody(1, "administrator", verified=False)) is False


def test_staff_who_prepared_nothing_may_approve_and_who_prepared_may_not():
    assert policy.approves(PEOPLE["team"], DECISION) is True
    assert policy.approves(PEOPLE["preparer"], DECISION) is False
