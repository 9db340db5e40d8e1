"""The forms of ways in. What an issuer says is asked for here, before any write unit opens."""

from collections.abc import Mapping
from hmac import compare_digest
from typing import Any

from flask import current_app, session, url_for
from flask_babel import lazy_gettext as _
from wtforms import HiddenField

from portal.config import Issuer
from portal.core.errors import Refused, present
from portal.core.wording import Sentence
from portal.members.entering import issuers, rules
from portal.members.entering.issuers import Attempt, Vouched
from portal.members.forms import throttling
from portal.members.forms.fields import email_field
from portal.platform import limits, throttle, tokens
from portal.platform.auth import arrived
from portal.web.forms import Form

#: What a browser keeps, signed: that it asked for links, and which attempt it makes.
ASKED, ATTEMPT = "link", "issuer"
[ANSWERS] = limits.ISSUER_FROM.allowed


def known_issuers() -> Mapping[str, Issuer]:
    """Return the issuers that the settings name."""
    found: Mapping[str, Issuer] = current_app.config["ISSUERS"]
    return found


def issuer_of(key: str) -> Issuer:
    """Find an issuer. Raises Missing for one that the settings do not name."""
    return present(known_issuers().get(key))


def way_back(issuer: Issuer) -> str:
    """Return the address at which an issuer sends people back to us."""
    return f"{current_app.config['BASE_URL']}{url_for('members.from_issuer', key=issuer.key)}"


def this_browser() -> str:
    """Return by what links know this browser; nothing if it asked for none."""
    return str(session.get(ASKED, ""))


def mark_browser() -> str:
    """Mark the browser as one that asked for a link, and return the mark."""
    return str(session.setdefault(ASKED, tokens.fresh()))


class LinkForm(Form):
    """Ask for a link that signs one in."""

    email = email_field(_("Your e-mail address"))

    def read(self) -> None:
        """Count the letter, whether the address is known or not."""
        super().read()
        if self.accepted:
            throttling.count_letter_home("sign-in-link", self.email.data)


class AnswerForm(Form):
    """What an issuer sent somebody back with. It is looked at when its button is pressed."""

    code = HiddenField()
    state = HiddenField()
    iss = HiddenField()
    issuer: Issuer
    attempt: Attempt | None = None
    vouched: Vouched | None = None
    problem: Sentence | None = None

    @classmethod
    def about(cls, *subjects: Any) -> "AnswerForm":
        """Take over what stands in the address; the attempt is in the browser."""
        form = cls()
        form.issuer = subjects[0]
        form.attempt = Attempt.kept(session.get(ATTEMPT))
        return form

    def read(self) -> None:
        """Ask the issuer for what its code stands for, and check every part of it."""
        super().read()
        if not self.accepted:
            return
        try:
            throttle.hit(ANSWERS, limits.ISSUER_FROM.counts, throttling.network())
            attempt = self.insist_on_attempt()
            back, now = way_back(self.issuer), arrived()
            code = self.code.data or ""
            self.vouched = issuers.vouched(self.issuer, attempt, code, back=back, now=now)
        except (issuers.Distrusted, issuers.Unanswered, Over) as refusal:
            self.accepted, self.problem = False, refusal.reason

    def insist_on_attempt(self) -> Attempt:
        """Return the attempt that this answer is of. Raises Over for another’s, or an old one."""
        attempt = self.attempt
        fits = (
            attempt is not None
            and attempt.issuer == self.issuer.key
            and compare_digest(attempt.state, self.state.data or "")
            and not attempt.is_over(now=arrived())
        )
        if attempt is None or not fits or (self.iss.data and self.iss.data != self.issuer.url):
            raise Over(rules.ANSWER_OVER)
        return attempt


class Over(Refused):
    """An answer that belongs to no attempt of this browser, or comes too late."""
