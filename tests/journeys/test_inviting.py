"""An administrator invites a colleague, who signs up and writes on the same draft."""

from portal.models import Affiliation, Answer

OWNER, COLLEAGUE = "ragnhild@tind.example", "jonas@tind.example"


def test_from_an_invitation_to_a_second_member(settled, make, known, visitors):
    organisation = make.Organisation(display_name="Tind Sensor", slug="tind-sensor")
    owner = make.colleague(organisation, name="Ragnhild Vik", email=OWNER, **known)
    call = make.Call(title_en="Spring accelerator", title_nb="Vårens akselerator")
    make.questions(call)
    draft = make.Application(call=call, organisation=organisation, lead=owner)
    settled.commit()
    section = f"/programmes/applications/{draft.id}/sections/1"

    administrator, invited = visitors(), visitors()
    administrator.sign_in(OWNER)
    administrator.go(section)
    answer(administrator, "short", "Sensors for fish farms")
    invite(administrator)
    accept(invited)

    invited.go(section)
    invited.sees("%(names)s can edit this too.", names="Ragnhild Vik")
    assert invited.page.locator("[name=answer_short]").input_value() == "Sensors for fish farms"
    answer(invited, "long", "We measure oxygen where the fish are, not where the cable ends.")
    invited.go(f"/programmes/applications/{draft.id}/send")
    invited.sees("Ask one of them: %(names)s.", names="Ragnhild Vik")

    administrator.go("/organisations/tind-sensor/people")
    administrator.sees("Jonas Moe")
    administrator.does_not_see("Invited, and not answered yet")
    administrator.go(section)
    assert "oxygen" in administrator.page.locator("[name=answer_long]").input_value()

    settled.rollback()
    assert settled.query(Affiliation).filter_by(organisation_id=organisation.id).count() == 2
    authors = {a.key: a.edited_by.name for a in settled.query(Answer)}
    assert authors == {"short": "Ragnhild Vik", "long": "Jonas Moe"}


def answer(visitor, key, text):
    """Write an answer and wait until it has saved itself."""
    part = visitor.page.locator(f"[data-name=answer_{key}]")
    part.locator(f"[name=answer_{key}]").fill(text)
    visitor.says(part.get_by_role("status"), "Saved a moment ago.")


def invite(visitor):
    """Invite the colleague from the page of the people."""
    visitor.go("/organisations/tind-sensor")
    visitor.follow("People")
    visitor.follow("Invite somebody")
    visitor.fill("E-mail address", "jonas@tind")
    visitor.press("Send the invitation")
    visitor.sees("Write a whole e-mail address, such as name@example.org.")
    visitor.fill("E-mail address", COLLEAGUE)
    visitor.fill("A message to them", "Help me with the long answers?")
    visitor.press("Send the invitation")
    visitor.sees("Invited, and not answered yet")
    visitor.sees(COLLEAGUE)


def accept(visitor):
    """Follow the letter, open an account with its address, and accept."""
    letter = visitor.letter(COLLEAGUE)
    visitor.go(letter)
    visitor.sees("Help me with the long answers?")
    visitor.follow("Open an account")
    visitor.sign_up("Jonas Moe", COLLEAGUE)
    visitor.sees("You are invited to join %(name)s", name="Tind Sensor")
    visitor.go(letter)
    visitor.press("Accept")
    visitor.sees("Tind Sensor")
