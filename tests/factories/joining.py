"""Prices of kinds of membership, and applications for it."""

from datetime import date

import factory

from portal import models
from portal.core import clock
from portal.models import JoiningState, PriceBand, VatCode
from tests.factories import base
from tests.factories.members import MembershipTier, Organisation, Person
from tests.factories.platform import PageRevision


class TierPrice(base.Maker):
    class Meta:
        model = models.TierPrice

    tier = factory.SubFactory(MembershipTier)
    band = PriceBand.ANY
    price_ore = 1_200_000
    vat_code = VatCode.STANDARD
    from_on = date(2020, 1, 1)


class JoiningTerms(base.Maker):
    class Meta:
        model = models.JoiningTerms


class MembershipApplication(base.Maker):
    """A draft; `sent` gives one that was sent."""

    class Meta:
        model = models.MembershipApplication

    organisation = factory.SubFactory(Organisation)
    applicant = factory.SubFactory(Person)
    tier = factory.SubFactory(MembershipTier)
    form_version = 1
    answers = factory.LazyFunction(lambda: {"why": "We make robots."})
    billing_email = "accounts@example.org"

    class Params:
        sent = factory.Trait(
            state=JoiningState.SUBMITTED,
            reference=factory.Sequence("JOIN-2020-{:04}".format),
            submitted_at=factory.LazyFunction(lambda: clock.now()),
            promised_at=factory.LazyFunction(lambda: base.days(14)),
            size=factory.LazyAttribute(lambda row: row.organisation.size),
            terms_revision_id=factory.LazyFunction(lambda: PageRevision().id),
        )


class JoiningMessage(base.Maker):
    class Meta:
        model = models.JoiningMessage

    text = "How many are you?"
    from_us = True
    at = factory.LazyFunction(lambda: clock.now())
