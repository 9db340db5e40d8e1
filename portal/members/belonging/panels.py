"""What a membership brings and what is left of it, beside the desk of its people."""

from datetime import datetime

from portal.members.belonging.queries import benefits as queries
from portal.models import Actor, Organisation
from portal.web.panels import Panel


def of_organisation(
    organisation: Organisation, *, actor: Actor | None, now: datetime
) -> Panel | None:
    """Show what the membership of an organisation brings on its own page: one statement."""
    rows = queries.of_member(organisation.id, now=now)
    promised = [row for row in rows if row.quantity]
    if not promised:
        return None
    return Panel(template="members/belonging/brings.html", rank=10, context={"promised": promised})


def own_benefits(*, actor: Actor, now: datetime) -> Panel | None:
    """Show what the organisation that somebody acts for may use: one statement.

    Staff find it on the page of their organisation: their desk is for work.
    """
    if actor.acting is None or actor.is_staff_of_any:
        return None
    rows = queries.of_member(actor.acting.organisation_id, now=now)
    if not rows:
        return None
    promised = [row for row in rows if row.quantity]
    context = {"member": rows[0], "promised": promised, "slug": actor.acting.slug}
    return Panel(template="members/belonging/on_desk.html", rank=40, context=context)
