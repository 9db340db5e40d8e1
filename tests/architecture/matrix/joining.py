"""Becoming a member: what it costs, applying for it, and answering those who apply."""

from datetime import timedelta

from tests.architecture.matrix import To
from tests.factories.members import today

# s = stranger, nu = newcomer and unverified, mra = member, representative and administrator of the
# organisation, f = administrator of another, PMEDB = staff for programmes, membership, events, the
# editor, administrator of the portal, i = programme team and administrator of the organisation.
# The draft and the question are the organisation's; what was sent is of the other organisation.
TABLE = """
#                                     s nu mra f PMEDB i
GET  members.join                     . .. ... . ..... .
GET  members.join (small)             . .. ... . ..... .
GET  members.begin_joining            - .. ... . ..... .
POST members.begin_joining            - ?? ?>> ? ????? >
GET  members.joinings                 - .. ... . ..... .
GET  members.joining                  - oo o.. o ooooo .
GET  members.joining (asked)          - oo o.. o o>oo> .
GET  members.joining (sent)           - oo ooo . o>oo> o
GET  members.edit_joining             - oo o.. o ooooo .
POST members.edit_joining             - oo o>> o ooooo >
GET  members.edit_joining (asked)     - oo o>> o oxoox >
GET  members.send_joining             - oo o.. o ooooo .
POST members.send_joining             - oo o>> o ooooo >
POST members.send_joining (asked)     - oo o!! o oxoox !
GET  members.answer_joining           - oo o.. o oxoox .
POST members.answer_joining           - oo o>> o oxoox >
GET  members.withdraw_joining         - oo o.. o oxoox .
POST members.withdraw_joining         - oo o>> o oxoox >

GET  members.joining_queue            - xx xxx x x.xx. x
GET  members.joining_queue (late)     - xx xxx x x.xx. x
GET  members.joining_queue (mine)     - xx xxx x x.xx. x
GET  members.joining_queue (declined) - xx xxx x x.xx. x
GET  members.export_joining           - xx xxx x x.xx. x
GET  members.handle_joining           - oo ooo x o.oo. o
POST members.assign_joining           - oo ooo x o>oo> o
GET  members.ask_joining              - oo ooo x o.oo. o
POST members.ask_joining              - oo ooo x o>oo> o
GET  members.defer_joining            - oo ooo x o.oo. o
POST members.defer_joining            - oo ooo x o>oo> o
POST members.resume_joining           - oo ooo o o>oo> o
POST members.resume_joining (sent)    - oo ooo x o!oo! o
GET  members.approve_joining          - oo ooo x o.oo. o
POST members.approve_joining          - oo ooo x o>oo> o
GET  members.decline_joining          - oo ooo x o.oo. o
POST members.decline_joining          - oo ooo x o>oo> o

GET  members.tier_prices              - xx xxx x x.xx. x
POST members.tier_prices              - xx xxx x x>xx> x
GET  members.end_price                - xx xxx x x.xx. x
POST members.end_price                - xx xxx x x>xx> x
GET  members.joining_terms            - xx xxx x x.xx. x
POST members.joining_terms            - xx xxx x x>xx> x
"""

DRAFT, ASKED = {"id": "{joining_draft}"}, {"id": "{joining_asked}"}
SENT, SOON = {"id": "{joining_sent}"}, str(today() + timedelta(days=9))

WAYS = {
    "members.join (small)": To(query={"size": "small"}),
    "members.begin_joining": To(body={"organisation": "{young_id}", "tier": "10"}),
    "members.joining": To(values=DRAFT),
    "members.joining (asked)": To(values=ASKED),
    "members.joining (sent)": To(values=SENT),
    "members.edit_joining": To(
        values=DRAFT,
        body={"tier": "{tier}", "why": "Robots", "edited_version": "{joining_draft_version}"},
    ),
    "members.edit_joining (asked)": To(values=ASKED),
    "members.send_joining": To(values=DRAFT, body={"accepts": "y"}),
    "members.send_joining (asked)": To(values=ASKED, body={"accepts": "y"}),
    "members.answer_joining": To(values=ASKED, body={"text": "Five of us."}),
    "members.withdraw_joining": To(values=ASKED),
    "members.joining_queue (late)": To(query={"show": "late"}),
    "members.joining_queue (mine)": To(query={"whose": "mine"}),
    "members.joining_queue (declined)": To(query={"show": "declined"}),
    "members.handle_joining": To(values=SENT),
    "members.assign_joining": To(values=SENT, body={"handler": "{membership}"}),
    "members.ask_joining": To(values=SENT, body={"question": "How many are you?"}),
    "members.defer_joining": To(values=SENT, body={"until": SOON, "reason": "The board meets."}),
    "members.resume_joining": To(values={"id": "{joining_deferred}"}),
    "members.resume_joining (sent)": To(values=SENT),
    "members.approve_joining": To(values=SENT, body={"from_on": SOON}),
    "members.decline_joining": To(values=SENT, body={"reason": "No room."}),
    "members.tier_prices": To(
        values={"id": "{tier}"},
        body={"band": "large", "price_ore": "900", "vat_code": "standard", "from_on": SOON},
    ),
    "members.end_price": To(values={"id": "{price}"}, body={"to_on": SOON}),
    "members.joining_terms": To(
        body={"promised_days": "7", "answer_days": "30", "edited_version": "0"}
    ),
}
