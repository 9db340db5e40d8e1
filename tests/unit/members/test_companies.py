"""Successors, proposed names and merges: who may do what in which state; what viewers see."""

from datetime import UTC, datetime
from types import SimpleNamespace as Thing
from uuid import UUID

import pytest

from portal.core.errors import NotAllowed, Refused
from portal.members.merging.workflow import MERGE
from portal.members.workflow import PROPOSAL, SUCCESSION
from portal.models import Actor, AffiliationRole, Field, Reach, StaffRole, Standing, Viewer
from portal.models.members.visibility import narrower, seen

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
FIRM, OTHER, ME, COLLEAGUE = UUID(int=1), UUID(int=2), UUID(int=9), UUID(int=8)


def of(role, organisation=FIRM, staff=()):
    standing = Standing(
        organisation_id=organisation,
        organisation_name="Firm",
        slug="firm",
        role=AffiliationRole.of(role),
    )
    held = frozenset(StaffRole.of(name) for name in staff)
    return Actor(id=ME, name="Me", standings=(standing,), staff=held)


def working(role):
    return Actor(id=ME, name="Me", staff=frozenset({StaffRole.of(role)}))


PEOPLE = {
    "member": of("member"),
    "representative": of("representative"),
    "administrator": of("administrator"),
    "foreign": of("administrator", OTHER),
    "membership": working("membership"),
    "boss": working("administrator"),
    "programmes": working("programmes"),
    "partial": of("administrator", staff=["membership"]),
}
EVERYBODY = " ".join(PEOPLE)

#: Move, from where, to where, by whom. What is not in here cannot be done.
SUCCESSIONS = [
    ("hand_over", "open", "done", "administrator membership boss partial"),
    ("drop", "open", "dropped", "administrator membership boss partial"),
    ("fill", "open", "done", EVERYBODY),  # a part of giving the role
    ("return", "open", "dropped", EVERYBODY),  # a part of letting the person in again
]
PROPOSALS = [
    ("accept", "open", "accepted", "membership boss"),
    ("decline", "open", "declined", "membership boss"),
    ("withdraw", "open", "withdrawn", "administrator partial"),
    ("replace", "open", "replaced", EVERYBODY),  # a part of proposing anew
]
MERGES_BY_ANOTHER = [
    ("propose_anew", "proposed", "proposed", "membership boss"),  # where the first may not
    ("approve", "proposed", "done", "membership boss"),
    ("decline", "proposed", "declined", "membership boss partial"),
    ("withdraw", "proposed", "withdrawn", ""),
]
MERGES_OF_MINE = [
    ("propose_anew", "proposed", "proposed", ""),
    ("approve", "proposed", "done", ""),
    ("decline", "proposed", "declined", ""),
    ("withdraw", "proposed", "withdrawn", "membership boss partial"),
]
OF_FIRM = {"organisation_id": FIRM, "answered_at": None, "person_id": COLLEAGUE}
TWO = {
    "kept_person_id": None, "lost_person_id": None,
    "kept_organisation_id": FIRM, "lost_organisation_id": UUID(int=3),
}  # fmt: skip
CASES = [
    (SUCCESSION, SUCCESSIONS, OF_FIRM),
    (PROPOSAL, PROPOSALS, OF_FIRM),
    (MERGE, MERGES_BY_ANOTHER, TWO | {"proposed_by_id": COLLEAGUE}),
    (MERGE, MERGES_OF_MINE, TWO | {"proposed_by_id": ME}),
]


def tried(workflow, name, thing, actor):
    try:
        workflow.make(name, thing, actor=actor, now=NOW)
    except NotAllowed:
        return "not allowed"
    except Refused:
        return "refused"
    return thing.state.value


@pytest.mark.parametrize(("workflow", "table", "subject"), CASES)
def test_who_moves_what_from_where_to_where(workflow, table, subject):
    expected = {name: (before, after, people.split()) for name, before, after, people in table}
    assert {move.name for move in workflow} == set(expected)
    states = {state for move in workflow for state in type(move.target)}
    for name, (before, after, people) in expected.items():
        for kind, actor in PEOPLE.items():
            for state in states:
                outcome = tried(workflow, name, Thing(state=state, **subject), actor)
                allowed = after if state.value == before else "refused"
                assert outcome == (allowed if kind in people else "not allowed"), (name, kind)


def test_whoever_is_one_of_two_accounts_decides_nothing():
    two = {"kept_person_id": ME, "lost_person_id": UUID(int=3)}
    organisations = {"kept_organisation_id": None, "lost_organisation_id": None}
    [proposed] = {move.sources[0] for move in MERGE}
    row = Thing(state=proposed, proposed_by_id=COLLEAGUE, **two, **organisations)
    assert tried(MERGE, "approve", row, PEOPLE["membership"]) == "not allowed"


#: Which choices let whom see what, by first letters: name, e-mail, phone.
SEES = {
    "public": ("p", "p", "p"),
    "member": ("mp", "mp", "mp"),
    "colleague": ("smp", "mp", "mp"),
    "keeper": ("smp", "smp", "mp"),
    "staff": ("smp", "smp", "smp"),
    "self": ("smp", "smp", "smp"),
}


@pytest.mark.parametrize("viewer", list(Viewer))
def test_what_a_viewer_sees_by_what_was_chosen(viewer):
    for field, letters in zip(Field, SEES[viewer.value], strict=True):
        found = {reach.value[0] for reach in Reach if seen(field, reach, viewer=viewer)}
        assert found == set(letters), field
        default = "m" if field is Field.NAME else "s"
        assert seen(field, None, viewer=viewer) is (default in letters)


def test_of_two_choices_the_narrower_counts():
    assert narrower(Reach.PUBLIC, Reach.MEMBERS) is Reach.MEMBERS
    assert narrower(Reach.STAFF, Reach.PUBLIC) is Reach.STAFF
