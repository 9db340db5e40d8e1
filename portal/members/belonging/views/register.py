"""The register as it was on a day: on pages and as files."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.members import policy as room
from portal.members import queries as of_room
from portal.members import rules
from portal.members.belonging.queries import register as queries
from portal.members.belonging.queries import roles as held
from portal.members.views.blueprint import bp
from portal.models import AffiliationRole, MembershipStatus
from portal.platform.language import says
from portal.web import exports
from portal.web.access import arrived, signed_in
from portal.web.forms import is_meant


def asked_day() -> date:
    """Read the day that is asked for; what is none means today."""
    try:
        day = date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        return of_room.today(now=arrived())
    return day if is_meant(day) else of_room.today(now=arrived())


def asked_role() -> AffiliationRole | None:
    """Read the role that is asked for, if it is one."""
    asked = request.args.get("role", "")
    return next((role for role in AffiliationRole if role.value == asked), None)


@bp.get("/admin/register")
@signed_in(may=room.membership_staff)
def member_register() -> ResponseReturnValue:
    """Show the members of a day, with tier and status, and how many there were of each tier."""
    day, tiers = asked_day(), queries.tiers()
    show, code = request.args.get("show", ""), request.args.get("tier", "")
    return render_template(
        "members/belonging/register.html",
        day=day,
        tiers=tiers,
        show=show,
        code=code,
        found=queries.members(day, show, code, mark=request.args.get("mark")),
        counts=queries.counts(tiers, day),
        most=queries.COUNTED,
        words=list(MembershipStatus),
        labels={status.value: status for status in MembershipStatus},
    )


@bp.get("/admin/register/export")
@signed_in(may=room.membership_staff, fresh=True)
def export_register() -> ResponseReturnValue:
    """Give the members of a day as a file, with how many there were of each kind beside it."""
    day = asked_day()
    rows = queries.every_member(day, request.args.get("show", ""), request.args.get("tier", ""))
    kind, name = request.args.get("kind", "csv"), f"members-{day.isoformat()}"
    beside = {
        _("How many"): counted(rows),
        _("Staff"): grants(day),
    }
    return exports.download(kind, name, told(rows), beside=beside)


def told(rows: Sequence[Any]) -> Iterator[list[Any]]:
    """Put the register into the reader's language, below its headings."""
    yield [
        *(_("Number"), _("Member organisation"), _("Kind")),
        *(_("Status"), _("First day"), _("Last day")),
    ]
    for row in rows:
        status, last = MembershipStatus.of(row.status), rules.day_before(row.to_on)
        named = (row.number, row.display_name, says(row, "name"))
        yield [*named, _(status.label), row.from_on, last]


def counted(rows: Sequence[Any]) -> Iterator[list[Any]]:
    """Count the rows of a register by tier and status."""
    yield [_("Kind"), _("Status"), _("Members")]
    found = Counter((says(row, "name"), row.status) for row in rows)
    for (tier, status), count in sorted(found.items()):
        yield [tier, _(MembershipStatus.of(status).label), count]


def grants(day: date) -> Iterator[list[Any]]:
    """List the staff of a day."""
    yield [_("Name"), _("Role"), _("Since")]
    for row in held.every_grant(day):
        yield [row.name, _(row.role.label), row.starts_at]


@bp.get("/admin/register/roles")
@signed_in(may=room.membership_staff)
def register_roles() -> ResponseReturnValue:
    """Show who had a role in an organisation on a day."""
    day, role = asked_day(), asked_role()
    return render_template(
        "members/belonging/register_roles.html",
        day=day,
        role=role,
        roles=list(AffiliationRole),
        found=held.roles(day, role, request.args.get("mark")),
    )


@bp.get("/admin/register/roles/export")
@signed_in(may=room.membership_staff, fresh=True)
def export_register_roles() -> ResponseReturnValue:
    """Give who had a role on a day as a file."""
    day = asked_day()
    headings = [_("Name"), _("Organisation"), _("Role"), _("Job title"), _("Since")]
    rows = (
        [row.name, row.display_name, _(row.role.label), row.title, row.starts_at]
        for row in held.every_role(day, asked_role())
    )
    kind = request.args.get("kind", "csv")
    return exports.download(kind, f"roles-{day.isoformat()}", [headings, *rows])


@bp.get("/admin/register/staff")
@signed_in(may=room.membership_staff)
def register_staff() -> ResponseReturnValue:
    """Show who worked for the cluster on a day."""
    day = asked_day()
    found = held.staff(day, request.args.get("mark"))
    return render_template("members/belonging/register_staff.html", day=day, found=found)
