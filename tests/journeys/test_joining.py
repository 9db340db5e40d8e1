"""Becoming a member: from the prices to the number, by way of a question."""

import pytest
from sqlalchemy import select

from portal.models import Membership


@pytest.fixture
def gold(make):
    tier = make.MembershipTier(
        code="gold",
        name_en="Gold",
        name_nb="Gull",
        about_en="For those who want to shape where we go.",
        about_nb="For dem som vil være med og forme veien videre.",
        votes=2,
    )
    make.TierPrice(tier=tier)
    return tier


def test_a_founder_applies_answers_a_question_and_is_a_member(visitors, known, make, session, gold):
    firm = make.Organisation(display_name="Kystfilm", confirmed_at=None)
    founder = make.colleague(
        firm, "administrator", name="Ida Berg", email="ida@kystfilm.example", **known
    )
    staff = make.staff("membership", name="Tone Vik", email="tone@cluster.example", **known)
    session.commit()
    ida, tone = visitors(), visitors()

    ida.sign_in(founder.email)
    ida.go("/join?size=micro")
    ida.take("main .offer .btn-primary")
    ida.press("Begin")
    ida.fill("Why would you like to join?", "We film the coast.")
    ida.press("Save and look it over")
    ida.sees("We film the coast.")
    ida.tick("I may bind the organisation, and we accept the terms of membership")
    ida.press("Send the application")
    ida.sees("We look at it. You need do nothing; we write as soon as something happens.")

    tone.sign_in(staff.email)
    tone.go("/admin/joining")
    tone.follow("Kystfilm")
    tone.follow("Ask a question")
    tone.fill("Your question", "Who owns you?")
    tone.press("Send the question")

    ida.go(ida.letter(founder.email))
    ida.sees("Who owns you?")
    ida.follow("Answer the question")
    ida.fill("Your answer", "The two of us.")
    ida.press("Send the answer")

    tone.go(tone.letter(staff.email))
    tone.sees("The two of us.")
    tone.follow("Approve")
    tone.press("Approve")
    tone.sees("%(name)s is a member.", name="Kystfilm")

    ida.go(ida.letter(founder.email))
    session.rollback()
    assert session.scalars(select(Membership.number)).all() == [1]
