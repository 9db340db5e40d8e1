"""The pages of ways in: a link by mail, and others who vouch for people."""

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.config import Issuer
from portal.core.errors import Refused
from portal.core.wording import Sentence
from portal.members import policy as room
from portal.members.entering import issuers, policy, queries, rules, service
from portal.members.entering.forms import (
    ATTEMPT,
    AnswerForm,
    LinkForm,
    issuer_of,
    known_issuers,
    mark_browser,
    this_browser,
    way_back,
)
from portal.members.entering.issuers import Attempt, Vouched
from portal.members.forms.accounts import INTRODUCED
from portal.members.views.blueprint import bp
from portal.members.views.onward import heading
from portal.members.views.sign_in import go_in, visiting
from portal.models import Actor, IssuerIdentity, SignInLink
from portal.platform import demo
from portal.platform.language import say
from portal.web.access import (
    allows,
    arrived,
    current_actor,
    everyone,
    find_actor_if_known,
    sees,
    signed_in,
)
from portal.web.forms import Form


@bp.route("/sign-in/link", methods=["GET", "POST"])
@everyone(form=LinkForm)
def ask_for_link(form: LinkForm) -> ResponseReturnValue:
    """Send a link that signs its reader in, if the address is known."""
    if not form.accepted:
        return form.page("members/entering/ask_for_link.html", after=heading())
    service.ask_for_link(form.email.data, browser=mark_browser(), after=heading())
    return redirect(url_for(".link_sent"))


@bp.get("/sign-in/link-sent")
@everyone
def link_sent() -> ResponseReturnValue:
    """Say that a link is on its way, if the address is known."""
    return render_template("members/entering/link_sent.html")


def link_by_letter(token: str, *, actor: Actor | None) -> SignInLink:
    """Find the link that somebody opened. Raises Refused for one that does not work here."""
    found = queries.sign_in_link(token)
    row = service.usable(found, browser=this_browser(), now=arrived())
    if not demo.may_sign_in(row.person.email):
        raise Refused(rules.LINK_OVER)
    return row


@bp.route("/sign-in/link/<token>", methods=["GET", "POST"])
@sees(on=link_by_letter, form=Form, public=True)
def enter_by_link(row: SignInLink, form: Form) -> ResponseReturnValue:
    """Let somebody in; mail scanners open links, so it takes a button."""
    if not form.accepted:
        return form.page("members/entering/link.html", name=row.person.name)
    visitor, before = visiting(row.person_id), find_actor_if_known()
    entered = service.enter_by_link(row, visitor=visitor, replacing=before, now=arrived())
    return go_in(entered)


def named(key: str, *, actor: Actor | None) -> Issuer:
    """Find an issuer that the settings name; everybody may know of it."""
    return issuer_of(key)


@bp.get("/sign-in/with/<key>")
@sees(on=named, public=True)
def with_issuer(issuer: Issuer) -> ResponseReturnValue:
    """Send somebody to an issuer, to be vouched for."""
    return sent_to(issuer, after=heading())


def sent_to(issuer: Issuer, *, person: str = "", after: str = "") -> ResponseReturnValue:
    """Begin an attempt, which this browser keeps, and lead to the issuer."""
    attempt = Attempt.begun(issuer, now=arrived(), person=person, after=after)
    address = issuers.way_out(issuer, attempt, back=way_back(issuer))
    session[ATTEMPT] = attempt.to_keep()
    return redirect(address)


@bp.route("/sign-in/from/<key>", methods=["GET", "POST"])
@sees(on=named, form=AnswerForm, public=True)
def from_issuer(issuer: Issuer, form: AnswerForm) -> ResponseReturnValue:
    """Take in what an issuer says; looking at the page uses nothing up, so it takes a button."""
    if form.problem:
        return refused(issuer, say(form.problem))
    if request.method != "POST" and not request.args.get("code"):
        return refused(issuer, say(Sentence(issuers.STOPPED, {"issuer": issuer.name})))
    if not form.accepted or form.vouched is None or form.attempt is None:
        return answered(issuer, form)
    session.pop(ATTEMPT, None)
    service.use_answer(form.attempt, now=arrived())
    if form.attempt.person:
        return link(issuer, form.vouched, person=form.attempt.person)
    return enter(issuer, form.vouched)


def answered(issuer: Issuer, form: AnswerForm) -> ResponseReturnValue:
    """Show the button behind which the answer is looked at."""
    if request.method != "POST":
        for name in ("code", "state", "iss"):
            form[name].data = request.args.get(name, "")
    linking = form.attempt is not None and bool(form.attempt.person)
    after = form.attempt.after if form.attempt else ""
    return form.page("members/entering/answered.html", issuer=issuer, linking=linking, after=after)


def refused(issuer: Issuer, why: str) -> ResponseReturnValue:
    """Say what went wrong, and which ways are still open."""
    return render_template("members/entering/refused.html", issuer=issuer, why=why), 409


def enter(issuer: Issuer, vouched: Vouched) -> ResponseReturnValue:
    """Let somebody in whom an issuer knows as linked; explain to anybody else what to do."""
    identity = queries.known_as(vouched.issuer, vouched.subject)
    if identity is None:
        session[INTRODUCED] = {"name": vouched.name, "email": vouched.email}
        return redirect(url_for(".unknown_identity", key=issuer.key))
    if not demo.may_sign_in(identity.person.email):
        raise Refused(rules.ANSWER_OVER)
    visitor, before = visiting(identity.person_id), find_actor_if_known()
    return go_in(
        service.enter_by_issuer(identity, visitor=visitor, replacing=before, now=arrived())
    )


def link(issuer: Issuer, vouched: Vouched, *, person: str) -> ResponseReturnValue:
    """Link an account to that of whoever began, if they are still signed in here."""
    actor = current_actor()
    if str(actor.id) != person or actor.barred or not policy.links(actor, issuer):
        raise Refused(rules.ANSWER_OVER)
    service.link_identity(vouched, issuer, actor=actor, now=arrived())
    flash(_("%(issuer)s signs you in from now on.", issuer=issuer.name))
    return redirect(url_for(".identities"))


@bp.get("/sign-in/unknown/<key>")
@sees(on=named, public=True)
def unknown_identity(issuer: Issuer) -> ResponseReturnValue:
    """Explain to somebody whom an issuer knows and we do not how to go on."""
    return render_template("members/entering/unknown.html", issuer=issuer)


@bp.get("/account/identities")
@signed_in(may=room.proven, fresh=True)
def identities() -> ResponseReturnValue:
    """List who vouches for somebody, and who could."""
    linked = queries.identities(current_actor().id)
    names = {issuer.url: issuer.name for issuer in known_issuers().values()}
    here = {identity.issuer for identity in linked}
    others = [issuer for issuer in known_issuers().values() if issuer.url not in here]
    return render_template(
        "members/entering/identities.html", linked=linked, names=names, others=others
    )


@bp.get("/account/identities/<key>/link")
@allows(policy.links, on=named, fresh=True)
def link_identity(issuer: Issuer) -> ResponseReturnValue:
    """Send somebody to an issuer, to link their account there."""
    return sent_to(issuer, person=str(current_actor().id))


@bp.post("/account/identities/<uuid:id>/unlink")
@allows(policy.unlinks, on=queries.identity, form=Form, fresh=True)
def unlink_identity(identity: IssuerIdentity, form: Form) -> ResponseReturnValue:
    """Let an issuer vouch for somebody no longer."""
    names = {issuer.url: issuer.name for issuer in known_issuers().values()}
    name = names.get(identity.issuer, identity.issuer)
    service.unlink_identity(identity, name, actor=current_actor(), now=arrived())
    flash(_("%(issuer)s no longer signs you in.", issuer=name))
    return redirect(url_for(".identities"))
