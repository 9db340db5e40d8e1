"""What applicants and staff try on applications that they should not."""

from io import BytesIO

from sqlalchemy import select

from portal.models import Answer, EligibilityCheck, StoredFile


def test_a_file_does_not_save_itself(browser, session, make):
    call, company = make.Call(), make.Organisation()
    founder = make.colleague(company)
    draft = make.Application(call=call, organisation=company, lead_id=founder.id)
    make.questions(call, "file", "short")
    browser.sign_in(founder)
    address = browser.address("programmes.answer", id=draft.id, key="file")
    for value in ((BytesIO(b"%PDF-1.4\n"), "a.pdf"), "0" * 32, "../../secret_key"):
        data = {"csrf_token": browser.token(), "value": value, "version": "0"}
        kind = "multipart/form-data"
        browser.open("POST", address, data=data, content_type=kind, expect=404)
    assert session.scalars(select(Answer)).all() == []
    assert session.scalars(select(StoredFile)).all() == []


def test_staff_read_no_checklist_about_their_own_organisation_in_an_export(browser, make, session):
    call, company = make.Call(closed=True), make.Organisation()
    criterion = make.Criterion(call=call)
    mine = make.Application(call=call, organisation=company, sent=True)
    other = make.Application(call=call, sent=True)
    insider = make.staff("programmes")
    make.Affiliation(person=insider, organisation=company)
    for application in (mine, other):
        session.add(
            EligibilityCheck(
                application_id=application.id,
                criterion_id=criterion.id,
                met=False,
                checked_by_id=make.staff("programmes").id,
                checked_at=application.submitted_at,
            )
        )
    browser.sign_in(insider)
    address = browser.address("programmes.export_applications", id=call.id, kind="csv")
    told = browser.client.get(address).data.decode("utf-8-sig").splitlines()
    [about_mine] = [line for line in told if mine.reference in line]
    [about_other] = [line for line in told if other.reference in line]
    assert ";No" in about_other
    assert ";No" not in about_mine
