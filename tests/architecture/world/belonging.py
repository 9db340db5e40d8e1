"""What a membership brings and what was used, an exclusion that waits, and runs of renewals."""

from datetime import timedelta
from typing import Any

from portal.models import (
    BenefitUse,
    Exclusion,
    Membership,
    RenewalLine,
    RenewalOutcome,
    RenewalRun,
    RenewalState,
    RenewalVerdict,
    TierRequest,
    TierRequestTakes,
)
from tests import factories
from tests.architecture.world.placing import put
from tests.factories.members import LONG_AGO, today

AT_ONCE, NEXT_PERIOD = TierRequestTakes.AT_ONCE, TierRequestTakes.NEXT_PERIOD


def make(everybody: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Make all of it around the organisation’s membership; return it by name."""
    member, tier, day = own["membership_own"], own["tier"], today()
    benefit = factories.Benefit(tier=tier, key="tickets")
    proposer = factories.staff("membership", name="Proposer", email="proposer@data.example")
    excluded = factories.Membership(organisation=factories.Organisation(slug="to-exclude"))
    factories.MembershipPeriod(membership=excluded, tier=tier)
    use = put(
        BenefitUse(
            membership_id=member.id, benefit_id=benefit.id, used_on=day - timedelta(days=1),
            quantity=1, reference="«Summit»", recorded_by_id=proposer.id, recorded_at=LONG_AGO,
        )
    )  # fmt: skip
    exclusion = put(
        Exclusion(
            membership_id=excluded.id, reason="Broke the statutes.", from_on=day,
            proposed_by_id=proposer.id,
        )
    )  # fmt: skip
    other = factories.MembershipTier(code="20", rank=2)
    asked = {
        "tier_id": other.id,
        "asked_by_id": everybody["administrator"].id,
        "message": "Please.",
    }
    other_firm = factories.Membership(organisation=factories.Organisation(slug="asks-at-once"))
    factories.MembershipPeriod(membership=other_firm, tier=tier)
    wishes = {
        "tier_request": put(TierRequest(membership_id=member.id, takes=NEXT_PERIOD, **asked)),
        "tier_request_other": put(
            TierRequest(membership_id=other_firm.id, takes=AT_ONCE, price_ore=900_000, **asked)
        ),
    }
    return (
        wishes
        | {
            "benefit": benefit,
            "benefit_use": use,
            "exclusion": exclusion,
            "other_tier": other,
            "today": day.isoformat(),
        }
        | renewals(everybody["membership"], member, excluded)
    )


def renewals(who: Any, member: Membership, other: Membership) -> dict[str, Any]:
    """Make a run that is ready, one that runs and one that is done."""
    yes = {"confirmed_by_id": who.id, "confirmed_at": LONG_AGO}
    ready = run(who, RenewalState.READY, tallies={"renew": 2, "by_hand": 1}, total=3)
    running = run(who, RenewalState.RUNNING, tallies={"renew": 2}, total=2, **yes)
    over = {"finished_at": LONG_AGO} | yes
    done = run(who, RenewalState.DONE, tallies={"renew": 1, "renewed": 1}, total=1, **over)
    by_hand = line(ready, 2, other, RenewalVerdict.BY_HAND)
    line(running, 1, member, RenewalVerdict.RENEW)
    line(done, 1, member, RenewalVerdict.RENEW, outcome=RenewalOutcome.RENEWED)
    return {
        "renewals_ready": ready,
        "renewals_version": str(ready.version),
        "renewals_running": running,
        "renewals_done": done,
        "line_to_renew": line(ready, 1, member, RenewalVerdict.RENEW),
        "line_by_hand": by_hand,
    }


def run(who: Any, state: RenewalState, **more: Any) -> RenewalRun:
    """Make a run over the year that comes."""
    day = today()
    return put(
        RenewalRun(
            last_from=day, last_until=day + timedelta(days=400), state=state, moved_at=LONG_AGO,
            made_by_id=who.id, **more,
        )
    )  # fmt: skip


def line(
    of: RenewalRun, number: int, member: Membership, verdict: RenewalVerdict, **more: Any
) -> RenewalLine:
    """Make a line of a run."""
    first = today() + timedelta(days=265)
    return put(
        RenewalLine(
            run_id=of.id, number=number, membership_id=member.id,
            organisation_id=member.organisation_id, tier_id=member.periods[0].tier_id,
            from_on=first, to_on=first + timedelta(days=365), verdict=verdict, **more,
        )
    )  # fmt: skip
