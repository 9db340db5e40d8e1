"""Second factors: one of the staff has an app and codes on paper, another a passkey, and lost it.

Nobody can sign in with that passkey: no device holds it. It is there to be seen.
"""

from base64 import urlsafe_b64encode
from datetime import datetime
from hashlib import sha256

from portal.demo.story import Story
from portal.extensions import db
from portal.members.factors import codes, queries, service
from portal.members.factors.ceremonies import Made
from portal.models import Person

KEY = urlsafe_b64encode(sha256(b"no device holds this").digest()).rstrip(b"=").decode()


def tell(story: Story, *, locked: str) -> None:
    """Add what two of the staff did to be safer, and what happened to one of them."""
    story.tell(story.calendar.at("-40 09:10"), set_up_app)
    story.tell(story.calendar.at("-40 09:14"), make_codes, locked)
    story.tell(story.calendar.at("-33 14:02"), add_passkey)
    story.tell(story.calendar.at("-1 08:05"), ask_for_help)


def set_up_app(story: Story, *, now: datetime) -> None:
    """Let somebody set up an authenticator app."""
    actor = story.actor("app", now=now)
    service.begin_app(actor=actor, now=now)
    db.session.flush()
    app = queries.app_to_confirm(actor.id)
    if app is None:
        raise RuntimeError("The demo's authenticator app is not there")
    step = codes.now_in_steps(now=now)
    service.confirm_app(step, app.salt, actor=actor, now=now)


def make_codes(story: Story, locked: str, *, now: datetime) -> None:
    """Let them make recovery codes and try one. Nobody knows what stands on the sheet."""
    actor = story.actor("app", now=now)
    service.make_codes([locked] * codes.SHEET, actor=actor, now=now)
    db.session.flush()
    first = queries.codes_left(actor.id, active=False)[0]
    service.try_code(first.id, actor=actor, now=now)


def add_passkey(story: Story, *, now: datetime) -> None:
    """Let somebody else add a passkey."""
    made = Made(
        credential_id=KEY, public_key=KEY, sign_count=0, transports=["internal", "hybrid"],
        synced=True, backed_up=True,
    )  # fmt: skip
    service.add_passkey(made, "Telefonen min", actor=story.actor("jonas", now=now), now=now)


def ask_for_help(story: Story, *, now: datetime) -> None:
    """Let them lose it, and ask for help."""
    person = db.session.get_one(Person, story.people["jonas"])
    reason = "Telefonen falt i sjøen på vei til kontoret, og jeg har ingen koder på papir."
    service.ask_for_removal(person, reason, now=now)
