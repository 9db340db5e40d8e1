"""What a row would do about a person, and about what they are in the organisation."""

from collections.abc import Mapping
from typing import Any

from portal.core.wording import N_, Sentence
from portal.members.importing.planning.plan import PERSONAL, Plan, differs
from portal.members.importing.values import Values
from portal.members.importing.world import Human, Place, World
from portal.models import AffiliationRole, ImportVerdict

NO_PERSON_NAME = Sentence(N_("A new person needs a name."))
NO_EMAIL = Sentence(N_("A person needs an e-mail address."))
NO_ACCOUNT = Sentence(N_("This person’s account is blocked or closed."))
NEW = N_("New person: %(name)s, %(email)s")
JOINS = N_("%(name)s joins %(organisation)s: %(role)s")


def plan_human(plan: Plan, values: Values, world: World, *, defaults: Mapping[str, Any]) -> None:
    """Find the person by the address, or make them; see what would change.

    Whoever has chosen a password looks after their own name, phone and language.
    """
    email = values.get("email")
    if not email:
        if values.get("person_name"):
            plan.miss("email", NO_EMAIL)
        return
    human = world.humans.get(email)
    if human is None:
        new_human(plan, email, values, defaults=defaults)
        return
    plan.human = human
    for key in PERSONAL if not human.own else ():
        if key in values.given and differs(key, human.facts[key], values.given[key]):
            plan.person[key] = values.given[key]
            name = human.facts["person_name"]
            plan.changes(name, key, (human.facts[key], values.given[key]))


def new_human(plan: Plan, email: str, values: Values, *, defaults: Mapping[str, Any]) -> None:
    """Put a person together from what a row says."""
    if not values.get("person_name"):
        plan.miss("person_name", NO_PERSON_NAME)
        return
    plan.makes_human = True
    plan.person = {key: values.get(key, defaults.get(key, "")) for key in PERSONAL}
    plan.human = Human(email=email, facts=dict(plan.person))
    said = {"name": plan.person["person_name"], "email": email}
    plan.does(ImportVerdict.NEW, Sentence(NEW, said))


def plan_place(plan: Plan, values: Values, world: World, *, defaults: Mapping[str, Any]) -> None:
    """See what the person would be in the organisation."""
    if plan.company is None or plan.human is None:
        return
    had = world.place_of(plan.company, plan.human.email)
    asked = values.get("role") or (had.role if had else defaults["role"])
    title = values.get("title") or (had.title if had else "")
    wanted = Place(role=AffiliationRole.of(asked), title=title)
    if wanted == had:
        return
    if not plan.human.active:
        plan.miss("email", NO_ACCOUNT)
        return
    plan.place = wanted
    name = plan.human.facts["person_name"]
    if had is None:
        role = Sentence(wanted.role.label)
        said = {"name": name, "organisation": plan.company.name, "role": role}
        plan.does(ImportVerdict.NEW, Sentence(JOINS, said))
        return
    for key, before, after in (("role", had.role, wanted.role), ("title", had.title, title)):
        if before != after:
            plan.changes(name, key, (before, after))
