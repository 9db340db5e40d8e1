"""A year of membership: renewed in a run, another kind, notice, exclusion, and taken up again."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.core import clock
from portal.models import Membership, MembershipPeriod, MembershipTier
from portal.platform import jobs
from tests.factories.members import today as today_in_oslo

STAFF, SECOND, OWN = "tone@cluster.example", "per@cluster.example", "ida@kystfilm.example"


@pytest.fixture
def year():
    """The year that runs, as its first day and the first after it."""
    this = clock.now().year
    return date(this, 1, 1), date(this + 1, 1, 1)


@pytest.fixture
def worker(app):
    """Do what waits for the worker."""

    def work():
        with app.app_context():
            jobs.drain()

    return work


@pytest.fixture
def kinds(make):
    """Silver, and Gold, which costs more."""
    found = {}
    for code, norwegian, rank in (("Silver", "Sølv", 2), ("Gold", "Gull", 1)):
        tier = make.MembershipTier(
            code=code.lower(), name_en=code, name_nb=norwegian, rank=rank, votes=3 - rank
        )
        make.TierPrice(tier=tier)
        found[code] = tier
    return found


@pytest.fixture
def firms(make, kinds, year, known):
    """Three members whose year ends with the calendar's, and one that lapsed."""
    made = {}
    for number, name in enumerate(("Kystfilm", "Nordlys", "Havbris", "Gamleskip"), start=1):
        firm = make.Organisation(display_name=name)
        first, after = year
        if name == "Gamleskip":
            after = today_in_oslo() - timedelta(days=100)
            first = after - timedelta(days=365)
        membership = make.Membership(organisation=firm, number=number)
        make.MembershipPeriod(
            membership=membership, tier=kinds["Silver"], from_on=first, to_on=after
        )
        made[name] = firm
    make.colleague(made["Kystfilm"], "representative", name="Ida Berg", email=OWN, **known)
    make.staff("membership", name="Tone Vik", email=STAFF, **known)
    make.staff("membership", name="Per Dahl", email=SECOND, **known)
    return made


def test_a_year_of_membership(visitors, settled, firms, year, worker):
    settled.commit()
    ida, tone, per = visitors(), visitors(), visitors()
    ida.sign_in(OWN)
    tone.sign_in(STAFF)
    change_kind(ida, tone)
    renew_all(tone, worker, year)
    leave_and_stay(ida)
    per.sign_in(SECOND)
    exclude(tone, per)
    take_up_again(tone)
    look_back(tone, year)

    settled.rollback()
    numbers = select(Membership.number).where(Membership.ends_on.is_(None))
    assert settled.scalars(numbers.order_by(Membership.number)).all() == [1, 2, 4]
    last = (
        select(MembershipTier.code, MembershipPeriod.from_on)
        .join(MembershipPeriod, MembershipPeriod.tier_id == MembershipTier.id)
        .join(Membership, Membership.id == MembershipPeriod.membership_id)
        .where(Membership.number == 1)
        .order_by(MembershipPeriod.from_on.desc())
    )
    assert settled.execute(last).first() == ("gold", year[1])
    settled.rollback()


def change_kind(ida, tone):
    """The member asks for Gold at once, and staff agree with one press."""
    ida.go("/organisations/kystfilm/membership")
    ida.follow("Renew or change the kind")
    ida.page.get_by_label("Gold" if ida.walk.language == "en" else "Gull").check()
    ida.tick("As soon as it is agreed")
    ida.fill("What should we know about it?", "We grow.")
    ida.press("Send")
    ida.sees("We have it, and write as soon as it is decided.")
    tone.go(tone.letter(STAFF))
    tone.sees("We grow.")
    tone.press("Agree")
    tone.sees("Agreed. The membership is changed, and its people get an e-mail.")
    ida.go(ida.letter(OWN))
    ida.sees("Agreed")


def renew_all(tone, worker, year):
    """A run is begun, seen through with one left out, started and done."""
    tone.go("/admin")
    tone.follow("Renewals")
    tone.follow("Begin a run")
    tone.fill("The period ends on this day or later", f"{year[1] - timedelta(days=1):%Y-%m-%d}")
    tone.press("Look them up")
    worker()
    tone.go(tone.page.url.removeprefix(tone.address))
    tone.sees("Who would be renewed")
    row = tone.page.locator("tr", has_text="Havbris")
    with tone.page.expect_navigation():
        row.get_by_role("button").click()
    tone.look()
    tone.press("Renew %(num)s members", num=2)
    worker()
    tone.go(tone.page.url.removeprefix(tone.address))
    tone.sees("What became of the run")


def leave_and_stay(ida):
    """The member gives notice, and takes it back."""
    ida.go("/organisations/kystfilm/membership")
    ida.follow("Give notice")
    ida.fill("Why do you leave?", "We close down.")
    ida.tick("Yes, we give notice")
    ida.press("Give notice")
    ida.sees("Notice is given. You can take it back until the membership ends.")
    ida.does_not_see("Renew or change the kind")
    ida.press("Take the notice back")
    ida.sees("The notice is taken back. The membership goes on.")


def exclude(tone, per):
    """One of the staff proposes to exclude a member, and another decides it."""
    tone.go("/organisations/havbris/membership")
    tone.follow("Exclude")
    tone.fill("Reason", "Broke the statutes.")
    tone.press("Propose it")
    tone.sees("Proposed. A second person decides it.")
    per.go("/admin")
    per.follow("Exclusions")
    per.follow("Havbris")
    per.press("Exclude the member")
    per.sees("The member is excluded, and its representatives get an e-mail.")


def take_up_again(tone):
    """A member that lapsed comes back with its number."""
    tone.go("/organisations/gamleskip/membership")
    tone.sees("Lapsed")
    tone.follow("Renew")
    silver = "Silver" if tone.walk.language == "en" else "Sølv"
    tone.page.get_by_label(tone.labelled("Kind of membership")).select_option(label=silver)
    today = today_in_oslo()
    tone.fill("First day", f"{today:%Y-%m-%d}")
    tone.fill("First day after", f"{today + timedelta(days=365):%Y-%m-%d}")
    tone.press("Save")


def look_back(tone, year):
    """The register says how it stood on the first day of the year, and how it stands now."""
    tone.go(f"/admin/register?day={year[0]:%Y-%m-%d}&show=all")
    for name in ("Kystfilm", "Nordlys", "Havbris"):
        tone.sees(name)
    tone.go("/admin/register")
    tone.sees("Gamleskip")
    tone.does_not_see("Havbris")
