"""The events' room: what everybody reads, whom people register, and what the event team runs."""

from tests.architecture.matrix import To
from tests.architecture.world.members import NUMBER

# s = stranger, nu = newcomer and unverified, mra = member, representative and administrator of the
# organisation, f = administrator of another, PMEDB = staff for programmes, membership, events, the
# editor, administrator of the portal, i = programme team and administrator of the organisation.
TABLE = """
#                                     s nu mra f PMEDB i
GET  events.index                     . .. ... . ..... .
GET  events.past                      . .. ... . ..... .
GET  events.event                     . .. ... . ..... .
GET  events.event (cancelled)         . .. ... . ..... .
GET  events.event (draft)             o oo ooo o oo.o. o
GET  events.calendar_of_all           . .. ... . ..... .
GET  events.calendar_feed             . .. ... . ..... .  # whoever has the secret
GET  events.own_calendar              - .. ... . ..... .
POST events.own_calendar              - .x ... . ..... .
POST events.end_calendar              - oo >oo o ooooo o  # only one has one

GET  events.register                  - xx ... . xxxxx .
GET  events.register (cancelled)      - xx ... . xxxxx .
GET  events.register (draft)          - oo ooo o ooxox o
POST events.register                  - xx ?>> > xxxxx >
POST events.register (cancelled)      - xx !!! ! xxxxx !
GET  events.registrations             - .. ... . ..... .
GET  events.registrations (own)       - .. ... . ..... .
GET  events.registration              - oo o.. o oo.o. .
GET  events.delegate                  - oo ... o oo.o. .
GET  events.delegate (waiting)        - oo o.. o oo.o. .
GET  events.delegate (offered)        - oo o.. o oo.o. .
GET  events.delegate (gone)           - oo o.. o oo.o. .
GET  events.calendar_entry            - oo ... o oo.o. .
POST events.accept                    - oo o>> o oo>o> >
POST events.accept (confirmed)        - oo !!! o oo!o! !
POST events.decline                   - oo o>> o oo>o> >
POST events.withdraw                  - oo >>> o oo>o> >
POST events.withdraw (gone)           - oo o!! o oo!o! !
GET  events.substitute                - oo x.. o oo.o. .
POST events.substitute                - oo x>> o oo>o> >
GET  events.change_ticket             - oo x.. o oo.o. .
POST events.change_ticket             - oo x>> o oo>o> >
GET  events.correct                   - oo ... o oo.o. .
POST events.correct                   - oo >>> o oo>o> >

POST events.approve                   - oo oxx o oo>o> x
GET  events.reject                    - oo oxx o oo.o. x
POST events.reject                    - oo oxx o oo>o> x
POST events.offer                     - oo oxx o oo>o> x
POST events.offer (full)              - oo oxx o oo!o! x
GET  events.cancel                    - oo xxx o oo.o. x
POST events.cancel                    - oo xxx o oo>o> x
GET  events.reinstate                 - oo oxx o oo.o. x
POST events.reinstate                 - oo oxx o oo>o> x

GET  events.manage                    - xx xxx x xx.x. x
GET  events.manage (cancelled)        - xx xxx x xx.x. x
GET  events.make_event                - xx xxx x xx.x. x
POST events.make_event                - xx xxx x xx>x> x
GET  events.manage_event              - xx xxx x xx.x. x
GET  events.manage_event (draft)      - oo ooo o oo.o. o
GET  events.edit_event                - xx xxx x xx.x. x
POST events.edit_event                - xx xxx x xx>x> x
GET  events.edit_event (draft)        - oo ooo o oo.o. o
POST events.publish_event             - oo ooo o oo>o> o
POST events.publish_event (public)    - xx xxx x xx!x! x
GET  events.move_event                - xx xxx x xx.x. x
POST events.move_event                - xx xxx x xx>x> x
GET  events.cancel_event              - xx xxx x xx.x. x
POST events.cancel_event              - xx xxx x xx>x> x
POST events.duplicate_event           - xx xxx x xx>x> x
POST events.discard_event             - oo ooo o oo>o> o
POST events.discard_event (public)    - xx xxx x xx!x! x
GET  events.add_quota                 - oo ooo o oo.o. o
POST events.add_quota                 - oo ooo o oo>o> o
GET  events.edit_quota                - oo ooo o oo.o. o
POST events.edit_quota                - oo ooo o oo>o> o
POST events.remove_quota              - oo ooo o oo>o> o
POST events.raise_quota               - oo ooo o oo>o> o
GET  events.add_ticket                - oo ooo o oo.o. o
POST events.add_ticket                - oo ooo o oo>o> o
GET  events.edit_ticket               - oo ooo o oo.o. o
POST events.edit_ticket               - oo ooo o oo>o> o
POST events.remove_ticket             - oo ooo o oo>o> o
POST events.raise_ticket              - oo ooo o oo>o> o

GET  events.delegates                 - xx xxx x xx.x. x
GET  events.delegates (state)         - xx xxx x xx.x. x
GET  events.delegates (organisation)  - xx xxx x xx.x. x
GET  events.delegates (found)         - xx xxx x xx.x. x
GET  events.export_delegates          - xx xxx x xx.x. x
POST events.deal_with_ticked          - xx xxx x xx>x> x
GET  events.message_delegates         - xx xxx x xx.x. x
POST events.message_delegates         - xx xxx x xx>x> x
GET  events.register_for              - xx xxx x xx.x. x
POST events.register_for              - xx xxx x xx>x> x
GET  events.audit                     - xx xxx x xx.x. x
POST events.audit                     - xx xxx x xx.x. x
"""

FAIR, DRAFT, OFF = {"slug": "fair"}, {"slug": "draft-fair"}, {"slug": "fair-called-off"}
GOING, ASKING = {"id": "{delegate_going}"}, {"id": "{delegate_asking}"}
OFFERED, GONE = {"id": "{delegate_offered}"}, {"id": "{delegate_gone}"}
REASON = {"reason": "No room."}
SEEN = {"edited_version": "1"}
PEOPLE = {
    "rows": "1", "client_token": "a-token-that-a-form-brings", "purchase_reference": "PO 1",
    "people-0-who": "", "people-0-name": "Anna", "people-0-email": "anna@data.example",
    "people-0-ticket_id": "{ticket_roomy}", "note": "",
}  # fmt: skip
WORDS = {
    "title_en": "A fair", "title_nb": "En messe", "standfirst_en": "Come.", "standfirst_nb": "Kom.",
    "text_en": "", "text_nb": "", "show": "", "contact_id": "{events}", "offer_hours": "48",
    "registration_opens_at": "2031-01-01T08:00", "registration_closes_at": "2031-05-01T08:00",
}  # fmt: skip
PLACE = {
    "zone": "Europe/Oslo", "place": "Bergen", "country": "NO", "address": "",
    "starts_at": "2031-06-01T08:00", "ends_at": "2031-06-02T16:00",
}  # fmt: skip
OPEN = {"registration_opens_at": "2026-01-01T08:00", "registration_closes_at": "{fair_closes}"}
QUOTA = {"name_en": "Hall", "name_nb": "Sal", "size": "9"}
TICKET = {
    "name_en": "Guest", "name_nb": "Gjest", "about_en": "", "about_nb": "", "price_ore": "",
    "vat_code": "standard", "quota_ids": "{draft_quota}", "on_sale": "y",
}  # fmt: skip

WAYS = {
    "events.event": To(values=FAIR),
    "events.event (cancelled)": To(values=OFF),
    "events.event (draft)": To(values=DRAFT),
    "events.calendar_feed": To(values={"token": "{calendar_secret}"}),
    "events.register": To(values=FAIR, body=PEOPLE),
    "events.register (cancelled)": To(
        values=OFF, body=PEOPLE | {"people-0-ticket_id": "{ticket_off}"}
    ),
    "events.register (draft)": To(values=DRAFT),
    "events.registrations (own)": To(query={"whose": "own"}),
    "events.registration": To(values={"id": "{registration}"}),
    "events.delegate": To(values=GOING),
    "events.delegate (waiting)": To(values={"id": "{delegate_waiting}"}),
    "events.delegate (offered)": To(values=OFFERED),
    "events.delegate (gone)": To(values=GONE),
    "events.calendar_entry": To(values=GOING),
    "events.accept": To(values=OFFERED),
    "events.accept (confirmed)": To(values=GOING),
    "events.decline": To(values=OFFERED),
    "events.withdraw": To(values=GOING),
    "events.withdraw (gone)": To(values=GONE),
    "events.substitute": To(
        values=GOING, body={"who": "", "name": "Bo", "email": "bo@data.example"}
    ),
    "events.change_ticket": To(values=GOING, body={"ticket_id": "{ticket_other}"}),
    "events.correct": To(values=GOING, body={"name": "Another name", "title": "", "phone": ""}),
    "events.approve": To(values=ASKING),
    "events.reject": To(values=ASKING, body=REASON),
    "events.offer": To(values={"id": "{delegate_next}"}),
    "events.offer (full)": To(values={"id": "{delegate_waiting}"}),
    "events.cancel": To(values=GOING, body=REASON),
    "events.reinstate": To(values=GONE),
    "events.manage (cancelled)": To(query={"state": "cancelled"}),
    "events.make_event": To(body=WORDS | PLACE),
    "events.manage_event": To(values=FAIR),
    "events.manage_event (draft)": To(values=DRAFT),
    "events.edit_event": To(values=FAIR, body=WORDS | OPEN | {"edited_version": "{fair_version}"}),
    "events.edit_event (draft)": To(values=DRAFT),
    "events.publish_event": To(values=DRAFT),
    "events.publish_event (public)": To(values=FAIR),
    "events.move_event": To(
        values=FAIR, body=PLACE | REASON | {"edited_version": "{fair_version}"}
    ),
    "events.cancel_event": To(values=FAIR, body=REASON),
    "events.duplicate_event": To(values=FAIR),
    "events.discard_event": To(values=DRAFT),
    "events.discard_event (public)": To(values=FAIR),
    "events.add_quota": To(values=DRAFT, body=QUOTA),
    "events.edit_quota": To(values={"id": "{draft_quota}"}, body=QUOTA | SEEN),
    "events.remove_quota": To(values={"id": "{spare_quota}"}),
    "events.raise_quota": To(values={"id": "{spare_quota}"}),
    "events.add_ticket": To(values=DRAFT, body=TICKET),
    "events.edit_ticket": To(values={"id": "{draft_ticket}"}, body=TICKET | SEEN),
    "events.remove_ticket": To(values={"id": "{draft_ticket}"}),
    "events.raise_ticket": To(values={"id": "{second_ticket}"}),
    "events.delegates": To(values=FAIR),
    "events.delegates (state)": To(values=FAIR, query={"state": "requested"}),
    "events.delegates (organisation)": To(values=FAIR, query={"sort": "organisation"}),
    "events.delegates (found)": To(values=FAIR, query={"q": "deleg", "ticket": "{ticket_roomy}"}),
    "events.export_delegates": To(values=FAIR | {"kind": "csv"}),
    "events.deal_with_ticked": To(
        values=FAIR, body={"ids": ["{delegate_asking}"], "deed": "approve"}
    ),
    "events.message_delegates": To(
        values=FAIR,
        body={"ids": ["{delegate_going}"], "subject": "A coat", "text": "Bring a coat."},
    ),
    "events.register_for": To(values=FAIR, body=PEOPLE | {"organisation": NUMBER}),
    "events.audit": To(quiet=True),
}
