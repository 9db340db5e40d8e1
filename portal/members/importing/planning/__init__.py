"""What a row would do: found by comparing what it says with what is here, without doing it."""

from collections.abc import Iterator, Mapping
from typing import Any

from portal.core.wording import N_, Sentence
from portal.members.importing.planning.companies import plan_company
from portal.members.importing.planning.memberships import plan_membership
from portal.members.importing.planning.people import plan_human, plan_place
from portal.members.importing.planning.plan import PERSONAL, TOLD, Plan, differs
from portal.members.importing.values import Values
from portal.members.importing.world import World
from portal.models import ImportVerdict

__all__ = ["PERSONAL", "TOLD", "Plan", "plan_row", "take"]

NOTHING = Sentence(N_("This row names neither an organisation nor a person."))
CONTRADICTS = Sentence(N_("Row %(row)s of this list says something else."))


def plan_row(number: int, values: Values, world: World, *, defaults: Mapping[str, Any]) -> Plan:
    """Say what a row would do. Nothing is taken for done yet: that is for `take`."""
    plan = Plan(findings=list(values.findings))
    if not plan.findings:
        plan_company(plan, values, world, defaults=defaults)
        plan_human(plan, values, world, defaults=defaults)
        plan_place(plan, values, world, defaults=defaults)
        plan_membership(plan, values, world)
        if plan.company is None and plan.human is None and not plan.findings:
            plan.miss("", NOTHING)
        for key, before in contradictions(plan, values, world):
            plan.miss(key, Sentence(CONTRADICTS.text, {"row": before}))
    if plan.findings:
        plan.verdict, plan.steps = ImportVerdict.WRONG, []
    return plan


def take(plan: Plan, number: int, values: Values, *, world: World) -> None:
    """Take what a row would do for done, for the rows after it."""
    if plan.company and (plan.facts or plan.number):
        plan.company.facts |= plan.facts
        plan.company.number = plan.number or plan.company.number
        world.add_company(plan.company)
    if plan.human and plan.person:
        plan.human.facts |= plan.person
        world.humans[plan.human.email] = plan.human
    if plan.company and plan.human and plan.place:
        world.places[id(plan.company), plan.human.email] = plan.place
    if plan.company and plan.stretch:
        world.add_stretch(plan.company, plan.stretch)
    for about, key, value in statements(plan, values):
        world.said.setdefault((about, key), (number, value))


def contradictions(plan: Plan, values: Values, world: World) -> Iterator[tuple[str, int]]:
    """Find what an earlier row says otherwise, and which: both cannot come to be true."""
    for about, key, value in statements(plan, values):
        before = world.said.get((about, key))
        if before and differs(key, before[1], value):
            yield key, before[0]


def statements(plan: Plan, values: Values) -> Iterator[tuple[tuple[int, int], str, Any]]:
    """Return what a row says of whom: whom it is about, field, value."""
    company, human = (id(one) if one else 0 for one in (plan.company, plan.human))
    own = plan.human is not None and plan.human.own
    for key, value in values.given.items():
        if key in TOLD and company:
            yield (company, 0), key, value
        elif key in PERSONAL and human and not own:
            yield (0, human), key, value
        elif key in ("role", "title") and company and human:
            yield (company, human), key, value
