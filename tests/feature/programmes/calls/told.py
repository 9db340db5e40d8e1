"""What the stories of calls tell again and again."""

from datetime import UTC, datetime

from sqlalchemy import select

from portal.models import (
    AuditEvent,
)

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def words(contact, **more):
    return {
        "title_en": "Spring intake",
        "title_nb": "Våropptak",
        "summary_en": "Twelve weeks.",
        "summary_nb": "Tolv uker.",
        "text_en": "For companies with a product.",
        "text_nb": "For selskaper med et produkt.",
        "contact_id": str(contact),
        "zone": "Europe/Oslo",
        "opens_at": "2026-03-10T08:00",
        "closes_at": "2026-04-10T12:00",
        "decision_on": "2026-05-04",
        "offer_days": "14",
        **more,
    }


def deeds(session):
    return list(session.scalars(select(AuditEvent.action).order_by(AuditEvent.seq)))
