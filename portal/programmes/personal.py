"""What this room keeps about people."""

from portal.core.wording import N_
from portal.models import Application, Call, Milestone, Offer, Organisation
from portal.platform.personal import Fate, Holding, by, hold

PUBLIC_MONEY = N_(
    "An application, its decision and its agreement are the organisation’s and the proof of how"
    " public support was given. Such proof is kept for ten years (Regulation (EU) 2023/2831,"
    " article 6)."
)


HOLDINGS = (
    Holding(
        key="applications",
        label=N_("Applications to programmes that they lead"),
        model=Application,
        keys=(Application.lead_id,),
        mine=by(Application.lead_id),
        told=(
            Application.reference, Call.title_en.label("call"),
            Organisation.display_name.label("organisation"), Application.state,
            Application.submitted_at, Application.created_at,
        ),
        beside=lambda rows: rows.join(Call, Call.id == Application.call_id).join(
            Organisation, Organisation.id == Application.organisation_id
        ),
        fate=Fate.KEPT,
        because=PUBLIC_MONEY,
    ),
    Holding(
        key="agreements",
        label=N_("Places in programmes that they accepted with their name"),
        model=Offer,
        keys=(Offer.answered_by_id,),
        mine=by(Offer.answered_by_id),
        told=(
            Application.reference, Offer.state, Offer.accepted_name, Offer.answer_note,
            Offer.answered_at,
        ),
        beside=lambda rows: rows.join(Application, Application.id == Offer.application_id),
        fate=Fate.KEPT,
        because=PUBLIC_MONEY,
    ),
    Holding(
        key="milestones",
        label=N_("Milestones that they are responsible for"),
        model=Milestone,
        keys=(Milestone.owner_id,),
        mine=by(Milestone.owner_id),
        told=(Milestone.title, Milestone.due_on, Milestone.state),
        fate=Fate.KEPT,
        because=PUBLIC_MONEY,
    ),
)  # fmt: skip


def init_app() -> None:
    """Say what is kept, why, and what a copy tells of it."""
    hold(*HOLDINGS)
