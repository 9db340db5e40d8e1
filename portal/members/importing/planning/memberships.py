"""What a row would do about a membership."""

from datetime import date, timedelta

from portal.core.alphabet import name_key
from portal.core.wording import N_, Bilingual, Sentence
from portal.members.importing.planning.plan import Plan
from portal.members.importing.values import Values
from portal.members.importing.world import Stretch, Tier, World
from portal.models import ImportVerdict

NO_MEMBER = Sentence(N_("A membership needs an organisation. Say which in this row."))
NO_TIER = Sentence(N_("Say which kind of membership it is."))
NO_SUCH_TIER = Sentence(
    N_("There is no such kind of membership. Add it first, or correct the word.")
)
SEVERAL = Sentence(N_("Several kinds of membership are called so. Write the code of the one."))
NO_FIRST = Sentence(N_("Say on which day the membership begins."))
NO_LAST = Sentence(N_("Say which is the last day of the membership."))
BACKWARDS = Sentence(N_("The last day must come after the first."))
OVERLAPS = Sentence(N_("This period overlaps another that is already there."))
STARTS = N_("%(organisation)s becomes a member: %(tier)s, %(first)s to %(last)s")
GOES_ON = N_("%(organisation)s stays a member: %(tier)s, %(first)s to %(last)s")


def plan_membership(plan: Plan, values: Values, world: World) -> None:
    """See which period of membership a row would add."""
    if not any(values.get(key) for key in ("tier", "from_on", "last_on")):
        return
    if plan.company is None:
        if not plan.findings:
            plan.miss("tier", NO_MEMBER)
        return
    tier = asked_tier(plan, values, world)
    first, last = values.get("from_on"), values.get("last_on")
    if first is None:
        plan.miss("from_on", NO_FIRST)
    if last is None:
        plan.miss("last_on", NO_LAST)
    if tier and first and last:
        plan_stretch(plan, tier, (first, last + timedelta(days=1)), world=world)


def asked_tier(plan: Plan, values: Values, world: World) -> Tier | None:
    """Find the kind of membership that a row names."""
    wanted = values.get("tier")
    if not wanted:
        plan.miss("tier", NO_TIER)
        return None
    found = world.tiers.get(name_key(wanted), [])
    exactly = [tier for tier in found if tier.code == wanted.casefold()] or found
    if len(exactly) != 1:
        plan.miss("tier", SEVERAL if found else NO_SUCH_TIER)
        return None
    return exactly[0]


def plan_stretch(plan: Plan, tier: Tier, days: tuple[date, date], *, world: World) -> None:
    """See whether a period is here already, or would fit with those that are."""
    if plan.company is None:
        return
    (first, until), had = days, world.stretches_of(plan.company)
    if any((one.code, one.from_on, one.until_on) == (tier.code, first, until) for one in had):
        return
    if until <= first:
        plan.miss("last_on", BACKWARDS)
        return
    if any(one.live and first < one.until_on and one.from_on < until for one in had):
        plan.miss("from_on", OVERLAPS)
        return
    plan.stretch = Stretch(code=tier.code, from_on=first, until_on=until, live=True)
    said = {
        "organisation": plan.company.name,
        "tier": Bilingual(tier.name_en, tier.name_nb),
        "first": first,
        "last": until - timedelta(days=1),
    }
    if id(plan.company) in world.live:
        plan.does(ImportVerdict.CHANGED, Sentence(GOES_ON, said))
    else:
        plan.begins = tier.code
        plan.does(ImportVerdict.NEW, Sentence(STARTS, said))
