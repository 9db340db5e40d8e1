"""What rows of a list do, and what they cannot: seen in the preview before anything is written."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.models import (
    Affiliation,
    AuditEvent,
    ImportRow,
    MembershipPeriod,
    Organisation,
    Person,
    PersonState,
)
from tests.factories.members import today
from tests.feature.members.importing import (
    FJORD,
    HEADINGS,
    SKOG,
    checked,
    csv,
    verdicts,
    written,
    xlsx,
)

MEMBERS = ["Bedrift", "Orgnr", "Medlemskap", "Fra", "Til"]


@pytest.fixture(autouse=True)
def staff(make, browser):
    person = make.staff("membership", name="Staff One")
    browser.sign_in(person)
    return person


def reasons(session, row):
    """Return what is wrong with each row, by number and field."""
    found = select(ImportRow.number, ImportRow.findings).where(ImportRow.import_id == row.id)
    return {
        (number, finding["field"]): finding["reason"]["text"]
        for number, findings in session.execute(found)
        for finding in findings
    }


def test_a_messy_list_is_read_as_it_was_meant(browser, session, work):
    content = csv(
        ["Medlemsliste pr. 01.02.2026", "", "", "", "", ""],
        ["", "", "", "", "", ""],
        ["BEDRIFT", "Org nr.", "Poststed", "Fornavn", "Etternavn", "E-post"],
        ["Fjord Robotics", "NO 923 609 016 MVA", "Ålesund", "Kari", "Ås", " Kari@Fjord.Example "],
        ["", "", "", "", "", ""],
        ["Fjord Robotics", "923609016.0", "Ålesund", "Ola", "Ås", "ola@fjord.example"],
        ["", "", "", "", "", ""],
    )
    row = written(browser, session, work, content)
    assert (row.header, row.total, row.tallies["written"]) == (3, 2, 2)
    assert session.scalars(select(Organisation.number)).all() == ["923609016"]
    names = session.scalars(select(Person.name).where(Person.email.like("%@fjord.example"))).all()
    assert sorted(names) == ["Kari Ås", "Ola Ås"]


def test_a_workbook_does_what_a_csv_does(browser, session, work):
    numbers = [FJORD[0], float(FJORD[1]), *FJORD[2:]]
    row = written(browser, session, work, xlsx(HEADINGS, numbers, SKOG), "liste.xlsx")
    assert row.tallies["written"] == 2
    again = checked(browser, session, work, csv(HEADINGS, FJORD, SKOG, alphabet="utf-8-sig"))
    assert verdicts(session, again) == {2: "same", 3: "same"}


def test_errors_name_row_and_column_and_the_wrong_check_digit(browser, session, work):
    wrong = ["Feil", "923609017", "Oslo", "Per", "per at feil.no", "Sjef"]
    row = checked(browser, session, work, csv(HEADINGS, FJORD, wrong))
    assert verdicts(session, row) == {2: "new", 3: "wrong"}
    page = browser.get("members.member_import", id=row.id, show="wrong")
    [line] = page.select("main tbody tr")
    text = line.get_text(" ", strip=True)
    assert text.startswith("3 ")
    assert "Org.nr. : 923609017" in text or "Org.nr.: 923609017" in text
    assert "the last would be 6" in text
    assert "E-post: per at feil.no" in text
    assert "Rolle: Sjef" in text
    browser.press("members.member_import", "Write 1 row", id=row.id)
    work()
    assert session.scalars(select(Organisation.display_name)).all() == ["Fjord Robotics"]


def test_rows_that_contradict_one_another_are_refused_so_that_no_order_decides(
    browser, session, work
):
    other = [*FJORD[:2], "Molde", "Ola Ås", "ola@fjord.example", ""]
    row = checked(browser, session, work, csv(HEADINGS, FJORD, other))
    assert verdicts(session, row) == {2: "new", 3: "wrong"}
    assert reasons(session, row) == {(3, "place"): "Row %(row)s of this list says something else."}


def test_an_organisation_without_a_number_is_known_by_its_name_and_given_its_number(
    browser, session, work, make
):
    kept = make.Organisation(display_name="Fjord Robotics", legal_name="Fjord Robotics AS")
    row = written(
        browser, session, work, csv(["Bedrift", "Orgnr"], ["FJORD ROBOTICS AS", FJORD[1]])
    )
    assert row.tallies["written"] == 1
    assert [(o.id, o.number, o.display_name) for o in session.scalars(select(Organisation))] == [
        (kept.id, "923609016", "Fjord Robotics")
    ]


def test_two_organisations_of_one_name_need_a_number(browser, session, work, make):
    for number in ("923609016", "974760673"):
        make.Organisation(display_name="Fjord", slug=number, number=number, number_kind="norwegian")
    row = checked(browser, session, work, csv(["Bedrift", "Poststed"], ["Fjord", "Bergen"]))
    assert "Several organisations are called so" in reasons(session, row)[2, "display_name"]
    row = checked(
        browser,
        session,
        work,
        csv(["Bedrift", "Orgnr", "Poststed"], ["Fjord", "923609016", "Oslo"]),
    )
    assert verdicts(session, row) == {2: "changed"}


def test_people_with_a_password_keep_the_name_that_they_gave_themselves(
    browser, session, work, holder
):
    holder(email="kari@fjord.example", name="Kari Selvvalgt")
    row = written(browser, session, work, csv(HEADINGS, FJORD))
    assert row.tallies["written"] == 1
    kari = session.scalars(select(Person).where(Person.email == "kari@fjord.example")).one()
    assert kari.name == "Kari Selvvalgt"
    assert session.scalars(select(Affiliation.person_id)).all() == [kari.id]


def test_a_role_or_title_is_replaced_and_the_old_one_ends(browser, session, work, make):
    organisation = make.Organisation(
        display_name="Fjord Robotics", number="923609016", number_kind="norwegian"
    )
    make.colleague(organisation, "member", email="kari@fjord.example", name="Kari Ås")
    headings = ["Bedrift", "Orgnr", "E-post", "Rolle", "Stilling"]
    line = ["Fjord Robotics", "923609016", "kari@fjord.example", "Representant", "Daglig leder"]
    assert written(browser, session, work, csv(headings, line)).tallies["written"] == 1
    live = session.scalars(select(Affiliation).where(Affiliation.ends_at.is_(None))).one()
    assert (str(live.role), live.title) == ("representative", "Daglig leder")
    line[4] = "Styreleder"
    assert written(browser, session, work, csv(headings, line)).tallies["written"] == 1
    session.expire_all()
    live = session.scalars(select(Affiliation).where(Affiliation.ends_at.is_(None))).one()
    assert (str(live.role), live.title) == ("representative", "Styreleder")
    assert session.scalar(select(func.count()).select_from(Affiliation)) == 3
    actions = session.scalars(
        select(AuditEvent.action).where(AuditEvent.action.like("affiliation.%"))
    ).all()
    assert actions == ["affiliation.changed", "affiliation.changed"]


def test_an_empty_cell_changes_nothing(browser, session, work):
    written(browser, session, work, csv(HEADINGS, FJORD))
    row = checked(browser, session, work, csv(HEADINGS, [*FJORD[:2], "", "", FJORD[4], ""]))
    assert verdicts(session, row) == {2: "same"}


def test_a_blocked_person_gets_no_role(browser, session, work, make):
    make.Person(email="kari@fjord.example", state=PersonState.BLOCKED)
    row = checked(browser, session, work, csv(HEADINGS, FJORD))
    assert reasons(session, row) == {(2, "email"): "This person’s account is blocked or closed."}


@pytest.mark.parametrize(
    ("headings", "line", "field", "words"),
    [
        (["Bedrift", "Orgnr"], ["", "923609016"], "display_name", "needs a name"),
        (["Bedrift", "E-post"], ["Fjord", "a@b.no"], "person_name", "needs a name"),
        (["Bedrift", "Kontaktperson"], ["Fjord", "Kari"], "email", "needs an e-mail"),
        (["E-post", "Person", "Tittel", "Bedrift"], ["", "", "Sjef", ""], "", "neither"),
        (MEMBERS, ["Fjord", "", "Gull", "", "31.12.2026"], "from_on", "on which day"),
        (MEMBERS, ["Fjord", "", "Gull", "01.01.2026", ""], "last_on", "the last day"),
        (MEMBERS, ["Fjord", "", "Gull", "31.12.2026", "01.01.2026"], "last_on", "after the first"),
        (MEMBERS, ["Fjord", "", "Plast", "01.01.2026", "31.12.2026"], "tier", "no such kind"),
        (MEMBERS, ["Fjord", "", "", "01.01.2026", "31.12.2026"], "tier", "Say which kind"),
        (["E-post", "Person", "Medlemskap"], ["a@b.no", "Kari", "Gull"], "tier", "an organisation"),
    ],
)
def test_what_is_missing_is_told_at_its_field(
    browser, session, work, make, headings, line, field, words
):
    make.MembershipTier(code="gold", name_en="Gold", name_nb="Gull")
    row = checked(browser, session, work, csv(headings, line, [*line[:-1], "x" * 3]))
    told = {at: text for (number, at), text in reasons(session, row).items() if number == 2}
    assert words in told[field]


def test_a_membership_starts_once_and_goes_on_with_the_next_period(browser, session, work, make):
    make.MembershipTier(code="gold", name_en="Gold", name_nb="Gull")
    first = ["Fjord", "923609016", "Gull", "01.01.2026", "31.12.2026"]
    second = ["Fjord", "923609016", "gold", "01.01.2027", "31.12.2027"]
    row = written(browser, session, work, csv(MEMBERS, first))
    assert row.tallies["written"] == 1
    row = checked(browser, session, work, csv(MEMBERS, first, second))
    assert verdicts(session, row) == {2: "same", 3: "changed"}
    browser.press("members.member_import", "Write 1 row", id=row.id)
    work()
    periods = session.execute(
        select(MembershipPeriod.from_on, MembershipPeriod.to_on).order_by(MembershipPeriod.from_on)
    ).all()
    assert [(str(a), str(b)) for a, b in periods] == [
        ("2026-01-01", "2027-01-01"),
        ("2027-01-01", "2028-01-01"),
    ]
    overlapping = ["Fjord", "923609016", "Gull", "01.06.2027", "31.05.2028"]
    row = checked(browser, session, work, csv(MEMBERS, overlapping))
    assert "overlaps" in reasons(session, row)[2, "from_on"]


def test_a_membership_that_ended_is_not_begun_again_by_its_old_period(browser, session, work, make):
    tier = make.MembershipTier(code="gold", name_en="Gold", name_nb="Gull")
    organisation = make.Organisation(display_name="Fjord", number="923609016",
                                     number_kind="norwegian")  # fmt: skip
    ended = make.Membership(organisation=organisation, ends_on=today(), end_reason="resigned")
    period = make.MembershipPeriod(membership=ended, tier=tier)
    days = [period.from_on.isoformat(), (period.to_on - timedelta(days=1)).isoformat()]
    row = checked(browser, session, work, csv(MEMBERS, ["Fjord", "923609016", "Gull", *days]))
    assert row.tallies == {"same": 1}
