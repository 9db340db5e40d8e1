"""Who may do what in the members' room: a row for each deed, a column for each kind of person."""

from types import SimpleNamespace as Thing
from uuid import UUID

import pytest

from portal.members import policy
from portal.models import Actor, AffiliationRole, StaffRole, Standing

FIRM, OTHER, ME = UUID(int=1), UUID(int=2), UUID(int=9)


def somebody(role=None, staff=(), where=FIRM, verified=True):
    standings = ()
    if role:
        standings = (
            Standing(
                organisation_id=where,
                organisation_name="Firm",
                slug="firm",
                role=AffiliationRole.of(role),
            ),
        )
    return Actor(
        id=ME,
        name="Me",
        email="me@example.org",
        staff=frozenset(StaffRole.of(name) for name in staff),
        standings=standings,
        verified=verified,
    )


PEOPLE = {
    "administrator of it": somebody("administrator"),
    "representative of it": somebody("representative"),
    "member of it": somebody("member"),
    "administrator of another": somebody("administrator", where=OTHER),
    "nobody": somebody(),
    "membership": somebody(staff=["membership"]),
    "programmes": somebody(staff=["programmes"]),
    "editor": somebody(staff=["editor"]),
    "admin": somebody(staff=["administrator"]),
}
ORGANISATION = Thing(id=FIRM, confirmed_at=None)
CONFIRMED = Thing(id=FIRM, confirmed_at="then")
OF_IT = Thing(organisation_id=FIRM, person_id=UUID(int=5))
MINE = Thing(organisation_id=FIRM, person_id=ME)
PERSON, MYSELF = Thing(id=UUID(int=5)), Thing(id=ME)
INVITATION = Thing(organisation_id=FIRM, email="me@example.org", invited_by_id=None)
INVITED = Thing(email="other@example.org", holder_id=ME, invited_by_id=None)
FROM_ME = Thing(email="other@example.org", holder_id=ME, invited_by_id=ME)

#                                           administrator, representative, member of it,
#                                           administrator of another, nobody,
#                                           membership, programmes, editor, admin
TABLE = [
    (policy.edits_organisation, ORGANISATION, "y n n n n  y n n y"),
    (policy.sees_people, ORGANISATION, "y y y n n  y y y y"),
    (policy.manages_people, ORGANISATION, "y n n n n  y n n y"),
    (policy.confirms_organisation, ORGANISATION, "n n n n n  y n n y"),
    (policy.confirms_organisation, CONFIRMED, "n n n n n  n n n n"),
    (policy.keeps_membership, ORGANISATION, "n n n n n  y n n y"),
    (policy.changes_membership, OF_IT, "n n n n n  y n n y"),
    (policy.keeps_tier, Thing(), "n n n n n  y n n y"),
    (policy.changes_affiliation, OF_IT, "y n n n n  y n n y"),
    (policy.ends_affiliation, OF_IT, "y n n n n  y n n y"),
    (policy.ends_affiliation, MINE, "y y y y y  y y y y"),
    (policy.manages_invitation, INVITATION, "y n n n n  y n n y"),
    (policy.is_invited, INVITATION, "y y y y y  y y y y"),
    (
        policy.is_invited,
        Thing(email="other@example.org", holder_id=None, invited_by_id=None),
        "n n n n n  n n n n",
    ),
    (policy.is_invited, INVITED, "y y y y y  y y y y"),
    (policy.is_invited, FROM_ME, "n n n n n  n n n n"),
    (policy.answers_request, OF_IT, "y n n n n  y n n y"),
    (policy.withdraws_request, OF_IT, "n n n n n  n n n n"),
    (policy.withdraws_request, MINE, "y y y y y  y y y y"),
    (policy.handles_enquiry, Thing(), "n n n n n  y n n y"),
    (policy.ends_session, OF_IT, "n n n n n  n n n y"),
    (policy.ends_session, MINE, "y y y y y  y y y y"),
    (policy.runs_account, PERSON, "n n n n n  n n n y"),
    (policy.runs_account, MYSELF, "n n n n n  n n n n"),
    (policy.gives_grants, PERSON, "n n n n n  n n n y"),
    (policy.ends_grant, PERSON, "n n n n n  n n n y"),
    (policy.looks_into_person, PERSON, "n n n n n  y n n y"),
]


@pytest.mark.parametrize(("may", "subject", "answers"), TABLE)
def test_who_may(may, subject, answers):
    expected = dict(zip(PEOPLE, answers.split(), strict=True))
    found = {name: "y" if may(person, subject) else "n" for name, person in PEOPLE.items()}
    assert found == expected


def test_an_address_must_be_proved_before_an_invitation_counts():
    assert not policy.is_invited(somebody(verified=False), INVITATION)


def test_some_pages_ask_for_a_role_alone():
    found = {
        name: (policy.administrator(p), policy.membership_staff(p), policy.any_staff(p))
        for name, p in PEOPLE.items()
    }
    assert {name: answer for name, answer in found.items() if any(answer)} == {
        "membership": (False, True, True),
        "programmes": (False, False, True),
        "editor": (False, False, True),
        "admin": (True, True, True),
    }
