"""What a row would do about an organisation."""

from collections.abc import Mapping
from typing import Any

from portal.core.wording import N_, Sentence
from portal.members.importing.planning.plan import TOLD, Plan, differs
from portal.members.importing.values import Values
from portal.members.importing.world import Company, World
from portal.models import ImportVerdict

NO_NAME = Sentence(N_("A new organisation needs a name."))
SEVERAL = Sentence(N_("Several organisations are called so. Say which by its number."))
NEW, NEW_WITHOUT = (
    N_("New organisation: %(name)s, number %(number)s"),
    N_("New organisation: %(name)s, without a number"),
)


def plan_company(plan: Plan, values: Values, world: World, *, defaults: Mapping[str, Any]) -> None:
    """Find the organisation, or make it; see what would change of it."""
    names = [values.given[key] for key in ("display_name", "legal_name") if values.get(key)]
    number = values.get("number")
    if not names and not number:
        return
    found = candidates(values, names, world)
    if len(found) > 1:
        plan.miss("number" if number else "display_name", SEVERAL)
    elif found:
        plan.company = found[0]
        change_company(plan, found[0], values)
    elif not names:
        plan.miss("display_name", NO_NAME)
    else:
        new_company(plan, values, defaults)


def candidates(values: Values, names: list[str], world: World) -> list[Company]:
    """Return who may be meant: by the number, else by the name.

    Whoever is called so but has another number is another.
    """
    number = values.get("number")
    if not number:
        return world.by_name(*names)
    found = world.by_number(values.given["country"], number)
    return [found] if found else [each for each in world.by_name(*names) if not each.number]


def change_company(plan: Plan, company: Company, values: Values) -> None:
    """See what a row says else of an organisation that is here."""
    for key in TOLD:
        if key not in values.given or not differs(key, company.facts[key], values.given[key]):
            continue
        if key == "display_name" and not differs(
            key, company.facts["legal_name"], values.given[key]
        ):
            continue  # it is called by its full name, which says nothing against the short one
        plan.facts[key] = values.given[key]
        plan.changes(company.name, key, (company.facts[key], values.given[key]))
    if values.get("number") and not company.number:
        plan.number = values.given["number"]
        plan.changes(company.name, "number", ("", plan.number))


def new_company(plan: Plan, values: Values, defaults: Mapping[str, Any]) -> None:
    """Put an organisation together from what a row says, and from what is taken otherwise."""
    plan.makes_company, plan.number = True, values.get("number")
    plan.facts = {key: values.get(key, defaults.get(key, "")) for key in TOLD}
    for key, other in (("display_name", "legal_name"), ("legal_name", "display_name")):
        plan.facts[key] = plan.facts[key] or plan.facts[other]
    plan.company = Company(
        country=values.given["country"], number=plan.number, facts=dict(plan.facts)
    )
    said = {"name": plan.company.name, "number": plan.number or ""}
    plan.does(ImportVerdict.NEW, Sentence(NEW if plan.number else NEW_WITHOUT, said))
