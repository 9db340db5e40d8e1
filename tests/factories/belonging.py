"""What a membership brings."""

import factory

from portal import models
from tests.factories import base, members


class Benefit(base.Maker):
    class Meta:
        model = models.Benefit

    tier = factory.SubFactory(members.MembershipTier)
    key = factory.Sequence("benefit-{}".format)
    label_en = "Tickets for the summit"
    label_nb = "Billetter til toppmøtet"
    unit_en = "tickets"
    unit_nb = "billetter"
    quantity = 4


class MembershipTerms(base.Maker):
    class Meta:
        model = models.MembershipTerms


class FormerSuspension(base.Maker):
    class Meta:
        model = models.FormerSuspension
