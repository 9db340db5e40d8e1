"""Accounts: opening one, showing that an address is yours, passwords, sessions."""

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.core.errors import Refused
from portal.members import policy, queries, rules, service
from portal.members.forms import (
    ForgottenForm,
    PasswordForm,
    ProfileForm,
    ResetForm,
    SignUpForm,
    VerifyAgainForm,
    VerifyForm,
    known_to,
    remember_browser,
    remember_opening,
)
from portal.members.views.blueprint import bp
from portal.members.views.onward import heading, way_to
from portal.members.views.sign_in import keep_language
from portal.models import Actor, LoginSession, Person, TokenPurpose
from portal.web.access import (
    allows,
    arrived,
    current_actor,
    everyone,
    find_actor_if_known,
    insist_on_fresh,
    sees,
    signed_in,
)
from portal.web.forms import Form


@bp.route("/sign-up", methods=["GET", "POST"])
@everyone(form=SignUpForm)
def sign_up(form: SignUpForm) -> ResponseReturnValue:
    """Open an account; what is shown does not tell whether the address had one."""
    if form.accepted:
        service.sign_up(form.account(after=heading()), now=arrived())
        remember_opening(form.password_hash)
        return redirect(way_to(".sign_up_sent"))
    return form.page("members/sign_up.html", after=heading())


@bp.get("/sign-up/sent")
@everyone
def sign_up_sent() -> ResponseReturnValue:
    """Say that a letter is on its way, whether or not there is a new account."""
    return render_template("members/sign_up_sent.html", after=heading())


def verify_link(token: str, *, actor: Actor | None) -> Person:
    """Find whose address a link proves. Raises Refused for one that no longer works."""
    return found(service.find_holder(token, TokenPurpose.VERIFY, now=arrived()))


def reset_link(token: str, *, actor: Actor | None) -> Person:
    """Find whose password a link replaces. Raises Refused for one that no longer works."""
    return found(service.find_holder(token, TokenPurpose.RESET, now=arrived()))


def found(holder: Person | None) -> Person:
    """Insist that a link works."""
    if holder is None:
        raise Refused(service.USED)
    return holder


@bp.route("/verify/<token>", methods=["GET", "POST"])
@sees(on=verify_link, form=VerifyForm, public=True)
def verify(person: Person, form: VerifyForm) -> ResponseReturnValue:
    """Take an address as proven; mail scanners open links, so it takes a button."""
    if not form.accepted:
        return form.page("members/verify.html", email=person.email)
    service.verify(person, now=arrived())
    flash(_("Your address is confirmed."))
    after = heading() or url_for("site.desk")
    return redirect(after if find_actor_if_known() else url_for(".sign_in", next=after))


@bp.route("/confirm-address", methods=["GET", "POST"])
@signed_in(form=VerifyAgainForm, even_barred=True)
def confirm_address(form: VerifyAgainForm) -> ResponseReturnValue:
    """Tell somebody whose address is not proven yet what to do, and send the letter again."""
    actor = current_actor()
    if actor.verified:
        return redirect(heading() or url_for("site.desk"))
    if form.accepted:
        service.ask_to_verify(after=heading(), actor=actor, now=arrived())
        flash(_("We have sent you another e-mail. Use the newest one."))
        return redirect(way_to(".confirm_address"))
    return form.page("members/confirm_address.html")


@bp.route("/forgotten", methods=["GET", "POST"])
@everyone(form=ForgottenForm)
def forgotten(form: ForgottenForm) -> ResponseReturnValue:
    """Send a letter that lets its reader choose a password, if the address is known."""
    if form.accepted:
        service.ask_for_reset(form.email.data, after=heading())
        return redirect(way_to(".forgotten_sent"))
    return form.page("members/forgotten.html", after=heading())


@bp.get("/forgotten/sent")
@everyone
def forgotten_sent() -> ResponseReturnValue:
    """Say that a letter is on its way, if the address is known."""
    return render_template("members/forgotten_sent.html", after=heading())


@bp.route("/reset/<token>", methods=["GET", "POST"])
@sees(on=reset_link, form=ResetForm, public=True)
def reset(person: Person, form: ResetForm) -> ResponseReturnValue:
    """Choose a new password with the link of a letter."""
    if not form.accepted:
        return form.page("members/reset.html", email=person.email)
    service.reset_password(person, form.password_hash, now=arrived())
    flash(_("Your new password is set. Sign in with it."))
    return redirect(way_to(".sign_in"))


def me(*, actor: Actor) -> Person:
    """Find the account of the person who is signed in."""
    return queries.myself(actor=actor)


@bp.route("/account", methods=["GET", "POST"])
@sees(on=me, form=ProfileForm, even_barred=True)
def account(person: Person, form: ProfileForm) -> ResponseReturnValue:
    """Show somebody their account, and let them change how they are called and reached.

    Staff call the number that is on file to make sure who lost a phone: it asks for a fresh proof.
    """
    actor, now = current_actor(), arrived()
    if form.accepted:
        if form.phone.data != person.phone:
            insist_on_fresh(actor)
        version = form.edited_version.data
        service.change_profile(form.profile(), version, actor=actor, now=now)
        flash(_("Your details are saved."))
        response = redirect(url_for(".account"))
        keep_language(response, form.language.data)
        return response
    return form.page("members/account.html", person=person)


@bp.route("/account/password", methods=["GET", "POST"])
@sees(on=me, form=PasswordForm, fresh=True, even_barred=True)
def change_password(person: Person, form: PasswordForm) -> ResponseReturnValue:
    """Change a password, knowing the present one; other browsers are signed out."""
    if form.accepted:
        actor, known = current_actor(), known_to(person.id)
        service.change_password(form.old_hash, form.new_hash, actor=actor, now=arrived())
        flash(_("Your password is changed. Every other browser is signed out."))
        return to_security(person, known=known)
    return form.page("members/password.html", person=person)


@bp.post("/account/sessions/<uuid:id>/end")
@allows(policy.ends_session, on=queries.login_session, form=Form, even_barred=True)
def end_session(session: LoginSession, form: Form) -> ResponseReturnValue:
    """End the session of one browser."""
    service.end_session(session, actor=current_actor(), now=arrived())
    flash(_("That browser is signed out."))
    return redirect(came_from())


@bp.post("/account/sessions/end-others")
@sees(on=me, form=Form, even_barred=True)
def end_other_sessions(person: Person, form: Form) -> ResponseReturnValue:
    """End the sessions of all browsers but this one."""
    known = known_to(person.id)
    ended = service.end_other_sessions(person, actor=current_actor(), now=arrived())
    told = ngettext("%(num)s browser is signed out.", "%(num)s browsers are signed out.", ended)
    flash(told)
    return to_security(person, known=known)


def to_security(person: Person, *, known: str | None) -> ResponseReturnValue:
    """Go back to what keeps an account safe; a browser that was known is so still, alone of all."""
    response = make_response(redirect(url_for(".security")))
    if known:
        remember_browser(response, person.id)
    return response


def came_from() -> str:
    """Return to the page of the person whose session was ended, if staff did it."""
    return rules.own_path(request.form.get("next", ""), url_for(".security"))
