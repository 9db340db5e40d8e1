"""People, organisations and memberships."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import factory

from portal import models
from portal.core import clock
from portal.models import AffiliationRole, NumberKind, OrganisationKind, SizeClass, StaffRole
from tests.factories import base

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


class Person(base.Maker):
    class Meta:
        model = models.Person

    email = factory.Sequence("person{}@example.org".format)
    name = factory.Sequence("Person {}".format)
    verified_at = LONG_AGO


class Tag(base.Maker):
    class Meta:
        model = models.Tag

    key = factory.Sequence("tag-{}".format)
    label_en = factory.LazyAttribute(lambda tag: f"{tag.key} in English")
    label_nb = factory.LazyAttribute(lambda tag: f"{tag.key} på norsk")


class Organisation(base.Maker):
    class Meta:
        model = models.Organisation

    display_name = factory.Sequence("Organisation {:04}".format)
    legal_name = factory.LazyAttribute(lambda o: f"{o.display_name} AS")
    slug = factory.LazyAttribute(lambda o: o.display_name.casefold().replace(" ", "-"))
    number_kind = NumberKind.NONE
    kind = OrganisationKind.STARTUP
    size = SizeClass.MICRO
    confirmed_at = LONG_AGO


class Affiliation(base.Maker):
    class Meta:
        model = models.Affiliation

    person = factory.SubFactory(Person)
    organisation = factory.SubFactory(Organisation)
    role = AffiliationRole.ADMINISTRATOR
    starts_at = LONG_AGO


class StaffGrant(base.Maker):
    class Meta:
        model = models.StaffGrant

    person = factory.SubFactory(Person)
    role = StaffRole.PROGRAMMES
    starts_at = LONG_AGO


class LoginSession(base.Maker):
    class Meta:
        model = models.LoginSession

    person = factory.SubFactory(Person)
    token_hash = factory.Sequence("hash-{}".format)
    authenticated_at = factory.LazyFunction(lambda: clock.now())
    proved_at = factory.LazyFunction(lambda: clock.now())
    seen_at = factory.LazyFunction(lambda: clock.now())
    expires_at = factory.LazyFunction(lambda: base.days(1))


class Invitation(base.Maker):
    class Meta:
        model = models.Invitation

    organisation = factory.SubFactory(Organisation)
    email = factory.Sequence("invited{}@example.org".format)
    role = AffiliationRole.MEMBER
    token_hash = factory.Sequence("invitation-{}".format)
    invited_by = factory.SubFactory(Person)
    expires_at = factory.LazyFunction(lambda: base.days(14))


class JoinRequest(base.Maker):
    class Meta:
        model = models.JoinRequest

    organisation = factory.SubFactory(Organisation)
    person = factory.SubFactory(Person)


class MembershipTier(base.Maker):
    class Meta:
        model = models.MembershipTier

    code = factory.Sequence("tier-{}".format)
    name_en = "Gold"
    name_nb = "Gull"
    rank = 1


class Membership(base.Maker):
    class Meta:
        model = models.Membership

    organisation = factory.SubFactory(Organisation)
    number = factory.Sequence(lambda n: 1000 + n)
    approved_at = LONG_AGO


class MembershipPeriod(base.Maker):
    class Meta:
        model = models.MembershipPeriod

    membership = factory.SubFactory(Membership)
    tier = factory.SubFactory(MembershipTier)
    from_on = factory.LazyFunction(lambda: today() - timedelta(days=100))
    to_on = factory.LazyFunction(lambda: today() + timedelta(days=265))


class MembershipEnquiry(base.Maker):
    class Meta:
        model = models.MembershipEnquiry

    organisation_name = "Newcomer AS"
    name = "Somebody New"
    email = "new@example.org"


def today() -> date:
    """Return the day that it is."""
    return clock.now().astimezone(ZoneInfo("Europe/Oslo")).date()


def staff(*roles: str, **person: object) -> models.Person:
    """Make somebody who works for the cluster: `make.staff("programmes")`."""
    somebody = Person(**person)
    for role in roles:
        StaffGrant(person=somebody, role=StaffRole.of(role))
    return somebody


def colleague(
    organisation: models.Organisation, role: str = "administrator", **person: object
) -> models.Person:
    """Make somebody who belongs to an organisation: `make.colleague(organisation, "member")`."""
    somebody = Person(**person)
    Affiliation(person=somebody, organisation=organisation, role=AffiliationRole.of(role))
    return somebody
