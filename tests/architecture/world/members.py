"""Organisations, what their people wait for, and what staff keep of them."""

from datetime import timedelta
from typing import Any

from portal.members.service.accounts import kept_of
from portal.models import (
    AffiliationRole,
    NumberKind,
    OneTimeToken,
    PersonState,
    StaffRole,
    TokenPurpose,
)
from portal.platform import tokens
from tests import factories
from tests.architecture.world.placing import put
from tests.factories.base import days
from tests.factories.members import LONG_AGO, today

ROLES = {
    "member": "member",
    "representative": "representative",
    "administrator": "administrator",
    "unverified": "administrator",
    "insider": "administrator",
}
NUMBER = "974760673"
INVITED = "an-invitation-to-the-newcomer"


def make(everybody: dict[str, Any]) -> dict[str, Any]:
    """Make organisations and everything around them; return it by name."""
    made: dict[str, Any] = {}
    own = company("Own", number_kind=NumberKind.NORWEGIAN, number=NUMBER, shows_people=True)
    young = company("Young", confirmed_at=None)
    resting, other = company("Resting"), company("Other")
    for organisation in (own, young, resting):
        given = {kind: belong(everybody[kind], organisation, role) for kind, role in ROLES.items()}
        made[f"members_affiliation_{organisation.slug}"] = given["member"]
    belong(everybody["foreign"], other, "administrator")
    tags = [factories.Tag(), factories.Tag()]
    own.tags = tags[:1]
    for organisation in (own, young, resting, other):
        name = organisation.slug
        made |= {f"{name}": organisation.slug, f"{name}_id": str(organisation.id)}
    made |= {"own_row": own, "other_row": other, "own_version": str(own.version)}
    made |= {"number": NUMBER, "tag": tags[0].key}
    return made | colleagues(everybody, own, young) | memberships(own, resting) | links(everybody)


def company(name: str, **more: Any) -> Any:
    """Make an organisation whose address is its name."""
    given = {
        "display_name": name, "slug": name.lower(), "place": "Bergen", "website": "https://data.example",
        "standfirst": "We make things.", "description": "Things that last.",
    }  # fmt: skip
    return factories.Organisation(**(given | more))


def belong(person: Any, organisation: Any, role: str) -> Any:
    """Let somebody belong to an organisation."""
    return factories.Affiliation(
        person=person, organisation=organisation, role=AffiliationRole.of(role), title="Engineer"
    )


def colleagues(everybody: dict[str, Any], own: Any, young: Any) -> dict[str, Any]:
    """Make who else belongs to the organisation, who is invited, and who asks to join."""
    colleague = factories.Person(
        name="Colleague", email="colleague@data.example", phone="12345678",
        password_hash=everybody["member"].password_hash,
    )  # fmt: skip
    blocked = factories.Person(
        name="Blocked", email="blocked@data.example", state=PersonState.BLOCKED
    )
    belong(blocked, own, "member")
    temporary = factories.Person(name="Temporary", email="temporary@data.example")
    host = everybody["administrator"]
    return {
        "colleague": colleague,
        "blocked": blocked,
        "affiliation": belong(colleague, own, "member"),
        "grant": factories.StaffGrant(person=temporary, role=StaffRole.EVENTS),
        "other_session": factories.LoginSession(person=everybody["member"], browser="Firefox"),
        "invitation": factories.Invitation(
            organisation=own, email=everybody["newcomer"].email, invited_by=host,
            token_hash=tokens.digest(INVITED), message="Come along.",
        ),
        "invited": INVITED,
        "request": factories.JoinRequest(
            organisation=young, person=everybody["newcomer"], message="Let me in."
        ),
        "enquiry": factories.MembershipEnquiry(message="Tell us more.", email="new@data.example"),
    }  # fmt: skip


def memberships(own: Any, resting: Any) -> dict[str, Any]:
    """Make one membership that counts and one that is suspended."""
    tier, rows, after = factories.MembershipTier(code="10"), [], today() + timedelta(days=265)
    for organisation, suspended in ((own, None), (resting, today() - timedelta(days=3))):
        rows.append(factories.Membership(organisation=organisation, suspended_from=suspended))
        factories.MembershipPeriod(membership=rows[-1], tier=tier, to_on=after)
    following = {"next_from": after.isoformat(), "next_to": (after + timedelta(365)).isoformat()}
    return {"tier": tier, "membership_own": rows[0]} | following


def links(everybody: dict[str, Any]) -> dict[str, Any]:
    """Make links that work once: one proves an address, one replaces a password."""
    wanted = {"proving": ("unverified", "VERIFY"), "resetting": ("newcomer", "RESET")}
    made: dict[str, Any] = {}
    for name, (kind, purpose) in wanted.items():
        person = everybody[kind]
        row = OneTimeToken(
            purpose=TokenPurpose[purpose],
            person_id=person.id,
            token_hash=kept_of("secret", person, TokenPurpose[purpose]),
            expires_at=days(1),
            created_at=LONG_AGO,
        )
        put(row)
        made[name] = f"{row.id.hex}.secret"
    return made
