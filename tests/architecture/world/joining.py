"""Becoming a member: a price, a draft and a question of the organisation, what another sent."""

from datetime import timedelta
from typing import Any

from portal.models import JoiningState
from tests import factories
from tests.architecture.world.members import ROLES, belong, company
from tests.factories.members import today

WHY = {"why": "«We make robots.»"}


def make(everybody: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Make a price and applications; return them by name."""
    tier, staff = own["tier"], everybody["membership"]
    price = factories.TierPrice(tier=tier)
    drafting, asking = company("Zeta"), company("Zulu")
    for organisation in (drafting, asking):
        for kind, role in ROLES.items():
            belong(everybody[kind], organisation, role)
    given = {"applicant": everybody["administrator"], "tier": tier, "answers": WHY}
    draft = factories.MembershipApplication(organisation=drafting, **given)
    asked = factories.MembershipApplication(
        organisation=asking, sent=True, reference="2026-9001", handler=staff,
        state=JoiningState.ASKED, answer_by=factories.days(60), **given,
    )  # fmt: skip
    for person, from_us in ((staff, True), (everybody["administrator"], False), (staff, True)):
        factories.JoiningMessage(
            application_id=asked.id, person_id=person.id, from_us=from_us, text="How many?"
        )
    sent = factories.MembershipApplication(
        organisation=own["other_row"], sent=True,
        reference="2026-9002", **(given | {"applicant": everybody["foreign"]}),
    )  # fmt: skip
    deferred = factories.MembershipApplication(
        organisation=company("Later"), sent=True, reference="2026-9003",
        state=JoiningState.DEFERRED, deferred_until=today() + timedelta(days=20), **given,
    )  # fmt: skip
    return {
        "price": price, "joining_draft": draft, "joining_asked": asked, "joining_sent": sent,
        "joining_deferred": deferred, "joining_draft_version": str(draft.version),
    }  # fmt: skip
