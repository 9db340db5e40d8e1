"""What somebody signs in with: one page that shows it, and those that change it."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.members import queries as room
from portal.members.factors import ceremonies, codes, policy, queries, service
from portal.members.factors.forms import AppForm, CodesForm, NameForm, NewPasskeyForm, TryForm
from portal.members.views.accounts import me
from portal.members.views.blueprint import bp
from portal.models import Passkey, Person
from portal.platform import cluster
from portal.web.access import allows, arrived, current_actor, sees, signed_in
from portal.web.forms import Form


@bp.get("/account/security")
@sees(on=me, even_barred=True)
def security(person: Person) -> ResponseReturnValue:
    """Show somebody how they sign in, and where they are signed in."""
    actor, now = current_actor(), arrived()
    return render_template(
        "members/factors/security.html",
        person=person,
        factors=queries.factors(person.id),
        sessions=room.live_sessions(person.id, now=now, actor=actor),
    )


@bp.get("/account/security/passkeys/challenge")
@signed_in(may=policy.proven, fresh=True, even_barred=True)
def new_passkey_challenge() -> ResponseReturnValue:
    """Tell the browser what kind of passkey to make; those that are here already are left out."""
    actor = current_actor()
    held = queries.factors(actor.id).passkeys
    return ceremonies.to_make(
        actor.id, email=actor.email, name=actor.name, held=held, now=arrived()
    )


@bp.route("/account/security/passkeys/new", methods=["GET", "POST"])
@signed_in(may=policy.proven, form=NewPasskeyForm, fresh=True, even_barred=True)
def new_passkey(form: NewPasskeyForm) -> ResponseReturnValue:
    """Add a passkey."""
    if not form.accepted or form.made is None:
        return form.page("members/factors/new_passkey.html")
    service.add_passkey(form.made, form.name.data or "", actor=current_actor(), now=arrived())
    flash(_("The passkey is added. Next time you can sign in with it alone."), "good")
    return redirect(url_for(".security"))


@bp.route("/account/security/passkeys/<uuid:id>", methods=["GET", "POST"])
@allows(policy.keeps_passkey, on=queries.passkey, form=NameForm, fresh=True, even_barred=True)
def rename_passkey(row: Passkey, form: NameForm) -> ResponseReturnValue:
    """Call a passkey something else."""
    if not form.accepted:
        return form.page("members/factors/passkey_name.html", row=row)
    service.rename_passkey(row, form.name.data or "", actor=current_actor(), now=arrived())
    flash(_("Saved."))
    return redirect(url_for(".security"))


@bp.post("/account/security/passkeys/<uuid:id>/remove")
@allows(policy.keeps_passkey, on=queries.passkey, form=Form, fresh=True, even_barred=True)
def remove_passkey(row: Passkey, form: Form) -> ResponseReturnValue:
    """Remove a passkey."""
    service.remove_passkey(row, actor=current_actor(), now=arrived())
    flash(_("The passkey is removed. If you do not know where else you are signed in, end the other"
            " sessions below."))  # fmt: skip
    return redirect(url_for(".security"))


@bp.post("/account/security/app/begin")
@signed_in(may=policy.proven, form=Form, fresh=True, even_barred=True)
def begin_app(form: Form) -> ResponseReturnValue:
    """Begin to set up an authenticator app."""
    service.begin_app(actor=current_actor(), now=arrived())
    return redirect(url_for(".set_up_app"))


@bp.route("/account/security/app", methods=["GET", "POST"])
@signed_in(may=policy.proven, form=AppForm, fresh=True, even_barred=True)
def set_up_app(form: AppForm) -> ResponseReturnValue:
    """Show the secret of the app that is being set up, and take it into use by its first code."""
    if form.app is None:
        return redirect(url_for(".security"))
    if not form.accepted:
        secret = codes.spaced(form.secret, " ")
        return form.page("members/factors/app.html", picture=picture(form), secret=secret)
    service.confirm_app(form.step, form.app.salt, actor=current_actor(), now=arrived())
    flash(_("The app is set up. Make recovery codes next, for the day it is lost."), "good")
    return redirect(url_for(".security"))


def picture(form: AppForm) -> str:
    """Draw what the app reads, as a picture that stands in the page itself."""
    import segno  # noqa: PLC0415 - needed on this page, only

    served = cluster.profile()
    name = served.name if served else ceremonies.our_name()
    account = current_actor().email
    drawn: Any = segno.make(codes.address_of(form.secret, account=account, issuer=name), error="m")
    return str(drawn.svg_data_uri(scale=5, border=4, dark="#000", light="#fff"))


@bp.post("/account/security/app/remove")
@signed_in(form=Form, fresh=True, even_barred=True)
def remove_app(form: Form) -> ResponseReturnValue:
    """Remove the authenticator app."""
    service.remove_app(actor=current_actor(), now=arrived())
    flash(_("The authenticator app is removed. If you do not know where else you are signed in, end"
            " the other sessions below."))  # fmt: skip
    return redirect(url_for(".security"))


@bp.post("/account/security/codes")
@signed_in(may=policy.proven, form=CodesForm, fresh=True, even_barred=True)
def make_codes(form: CodesForm) -> ResponseReturnValue:
    """Make recovery codes and show them, this once."""
    service.make_codes(form.hashes, actor=current_actor(), now=arrived())
    return render_template("members/factors/codes.html", sheet=form.sheet, form=TryForm(None))


@bp.route("/account/security/codes/try", methods=["GET", "POST"])
@signed_in(may=policy.proven, form=TryForm, fresh=True, even_barred=True)
def try_code(form: TryForm) -> ResponseReturnValue:
    """Take the newest sheet into use, by one of its codes."""
    if not form.accepted or form.shown is None or form.shown.id is None:
        return form.page("members/factors/try_code.html")
    service.try_code(form.shown.id, actor=current_actor(), now=arrived())
    flash(_("Your recovery codes are ready. Seven are left; each works once."), "good")
    return redirect(url_for(".security"))
