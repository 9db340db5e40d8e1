"""People's own data: what they ask, what we answer, what is cleared, and texts that all accept."""

from tests.architecture.matrix import To

# s = stranger, nu = newcomer and unverified, mra = member, representative and administrator of the
# organisation, f = administrator of another, PMEDB = staff for programmes, membership, events, the
# editor, administrator of the portal, i = programme team and administrator of the organisation.
TABLE = """
#                                          s nu mra f PMEDB i
GET  members.privacy                       - .. ... . ..... .
POST members.ask_for_copy                  - >> >>> > >>>>> >
GET  members.ask_privacy                   - .. ... . ..... .
POST members.ask_privacy                   - >> >>> > >>>>> >
POST members.ask_privacy (again)           - >> !>> > >>>>> >
POST members.withdraw_privacy              - oo >oo o ooooo o
GET  members.accepted_text                 - oo .oo o ooooo o
GET  members.text_changes                  - .. ... . ..... .
POST members.text_changes                  - >> >>> > >>>>> >

GET  members.privacy_requests              - xx xxx x x.xx. x
GET  members.privacy_requests (all)        - xx xxx x x.xx. x
GET  members.enter_privacy_request         - xx xxx x x.xx. x
POST members.enter_privacy_request         - xx xxx x x>xx> x
POST members.enter_privacy_request (self)  - xx xxx x x>xx? x
POST members.enter_privacy_request (whom)  - xx xxx x x?xx? x
GET  members.privacy_request               - oo xoo o o.oo. o
GET  members.privacy_request (erase)       - xo ooo o o.oo. o
GET  members.step_privacy_request          - oo xoo o o.oo. o
POST members.step_privacy_request          - oo xoo o o>oo> o
POST members.step_privacy_request (extend) - oo xoo o o>oo> o
POST members.step_privacy_request (refuse) - oo xoo o o>oo> o
POST members.step_privacy_request (finish) - oo xoo o o!oo! o
GET  members.erase_person                  - xo ooo o o.oo. o
POST members.erase_person                  - xo ooo o o>oo> o
POST members.erase_person (unsure)         - xo ooo o o?oo? o
POST members.erase_person (other)          - oo xoo o o!oo! o

GET  members.clearings                     - xx xxx x xxxx. x
POST members.clearings                     - xx xxx x xxxx> x
POST members.clearings (nothing)           - xx xxx x xxxx? x
GET  members.clearing                      - oo ooo o oooo. o
GET  members.clearing (running)            - oo ooo o oooo. o
POST members.run_clearing                  - oo ooo o oooo> o
POST members.run_clearing (running)        - oo ooo o oooo! o
GET  members.announceable_texts            - xx xxx x xxxx. x
GET  members.announce_text                 - oo ooo o ooox. o
POST members.announce_text                 - oo ooo o ooox> o
"""

OF_MEMBER, TO_ERASE = {"id": "{privacy_of_member}"}, {"id": "{privacy_to_erase}"}
WROTE = {"email": "foreign@data.example", "kind": "access", "received_on": "2026-01-05"}
WORDS = {"words": "It was looked at."}

WAYS = {
    "members.ask_privacy": To(body={"kind": "object", "wish": "No pictures."}),
    "members.ask_privacy (again)": To(body={"kind": "rectify", "wish": "It is Anne."}),
    "members.withdraw_privacy": To(values=OF_MEMBER),
    "members.text_changes": To(body={"accepts": "{texts_shown}"}),
    "members.accepted_text": To(values={"id": "{text_accepted}"}),
    "members.privacy_requests (all)": To(query={"show": "all"}),
    "members.enter_privacy_request": To(body=WROTE),
    "members.enter_privacy_request (self)": To(body=WROTE | {"email": "boss@data.example"}),
    "members.enter_privacy_request (whom)": To(body=WROTE | {"email": "nobody@data.example"}),
    "members.privacy_request": To(values=OF_MEMBER),
    "members.privacy_request (erase)": To(values=TO_ERASE),
    "members.step_privacy_request": To(values=OF_MEMBER | {"move": "check"}, body=WORDS),
    "members.step_privacy_request (extend)": To(values=OF_MEMBER | {"move": "extend"}, body=WORDS),
    "members.step_privacy_request (refuse)": To(values=OF_MEMBER | {"move": "refuse"}, body=WORDS),
    "members.step_privacy_request (finish)": To(values=OF_MEMBER | {"move": "finish"}, body=WORDS),
    "members.erase_person": To(values=TO_ERASE, body={"sure": "y"}),
    "members.erase_person (unsure)": To(values=TO_ERASE),
    "members.erase_person (other)": To(values=OF_MEMBER, body={"sure": "y"}),
    "members.clearings": To(body={"rules": ["enquiries", "sessions"]}),
    "members.clearings (nothing)": To(),
    "members.clearing": To(values={"id": "{clearing_counted}"}),
    "members.clearing (running)": To(values={"id": "{clearing_running}"}),
    "members.run_clearing": To(values={"id": "{clearing_counted}"}),
    "members.run_clearing (running)": To(values={"id": "{clearing_running}"}),
    "members.announce_text": To(
        values={"id": "{text_standing}"}, body={"summary_en": "New.", "summary_nb": "Nytt."}
    ),
}
