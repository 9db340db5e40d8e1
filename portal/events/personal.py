"""What this room keeps about people."""

from portal.core.wording import N_
from portal.models import (
    CalendarFeed,
    Delegate,
    Event,
    FormerDelegate,
    Organisation,
    Registration,
)
from portal.platform.personal import Fate, Holding, Whose, by, hold, nowhere_for

ACCOUNTS = N_(
    "Who took part and what it cost belongs to the accounts, which are kept for five years"
    " (bokføringsloven § 13). Name, address, phone and title go."
)
OF_COMPANY = N_("The registration is the organisation’s. The note goes.")


def theirs(whose: Whose) -> object:
    """Return what is true of somebody's places at events, also of those nobody claimed yet."""
    return (Delegate.person_id == whose.id) | Delegate.email.in_(whose.addresses)


HOLDINGS = (
    Holding(
        key="events",
        label=N_("Places at events"),
        model=Delegate,
        keys=(Delegate.person_id,),
        mine=theirs,  # type: ignore[arg-type]  # of two comparisons
        told=(
            Event.title_en.label("event"), Event.starts_at,
            Delegate.organisation_name.label("organisation"), Delegate.name, Delegate.email,
            Delegate.phone, Delegate.title, Delegate.state, Delegate.price_ore,
            Delegate.currency, Delegate.created_at,
        ),
        beside=lambda rows: rows.join(Event, Event.id == Delegate.event_id),
        fate=Fate.NAMELESS,
        because=ACCOUNTS,
        empties={
            "name": "", "name_key": "", "email": nowhere_for(Delegate.id), "phone": "",
            "title": "",
        },
    ),
    Holding(
        key="event_names_replaced",
        label=N_("Their name where a colleague took their place"),
        model=Delegate,
        mine=lambda whose: Delegate.replaced_name == whose.name,
        fate=Fate.NAMELESS,
        because=N_("It was for colleagues, and is needed no more."),
        empties={"replaced_name": ""},
    ),
    Holding(
        key="events_given_up",
        label=N_("Places at events that a colleague took over"),
        model=FormerDelegate,
        keys=(FormerDelegate.person_id,),
        mine=by(FormerDelegate.person_id),
        told=(Event.title_en.label("event"), FormerDelegate.left_at),
        beside=lambda rows: rows.join(
            Delegate, Delegate.id == FormerDelegate.delegate_id
        ).join(Event, Event.id == Delegate.event_id),
        fate=Fate.KEPT,
        because=N_("It holds no name, only a key that leads to nobody."),
    ),
    Holding(
        key="event_registrations",
        label=N_("Registrations for events that they sent"),
        model=Registration,
        keys=(Registration.registered_by_id,),
        mine=by(Registration.registered_by_id),
        told=(
            Event.title_en.label("event"), Organisation.display_name.label("organisation"),
            Registration.purchase_reference, Registration.note, Registration.created_at,
        ),
        beside=lambda rows: rows.join(Event, Event.id == Registration.event_id).join(
            Organisation, Organisation.id == Registration.organisation_id
        ),
        fate=Fate.NAMELESS,
        because=OF_COMPANY,
        empties={"note": ""},
    ),
    Holding(
        key="calendar",
        label=N_("Their private calendar"),
        model=CalendarFeed,
        keys=(CalendarFeed.person_id,),
        mine=by(CalendarFeed.person_id),
        told=(CalendarFeed.created_at, CalendarFeed.made_at),
        fate=Fate.DELETED,
        because=N_("It ends with the account."),
    ),
)  # fmt: skip


def init_app() -> None:
    """Say what is kept, why, and what a copy tells of it."""
    hold(*HOLDINGS)
