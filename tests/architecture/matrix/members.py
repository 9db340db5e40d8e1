"""The members' room: accounts, organisations, people, memberships."""

from tests.architecture.matrix import To
from tests.architecture.world.people import PASSWORD

# s = stranger, nu = newcomer and unverified, mra = member, representative and administrator of the
# organisation, f = administrator of another, PMEDB = staff for programmes, membership, events, the
# editor, administrator of the portal, i = programme team and administrator of the organisation.
TABLE = """
#                                     s nu mra f PMEDB i
GET  members.sign_up                  . .. ... . ..... .
POST members.sign_up                  > >> >>> > >>>>> >
GET  members.sign_up_sent             . .. ... . ..... .
GET  members.sign_in                  . .. ... . ..... .
POST members.sign_in                  > >> >>> > >>>>> >
POST members.sign_in (wrong)          ? ?? ??? ? ????? ?
POST members.sign_out                 - >> >>> > >>>>> >
GET  members.verify                   . .. ... . ..... .
POST members.verify                   > >> >>> > >>>>> >
POST members.verify (elsewhere)       ? ?> ??? ? ????? ?  # without the password
GET  members.confirm_address          - >. >>> > >>>>> >
POST members.confirm_address          - >> >>> > >>>>> >
GET  members.forgotten                . .. ... . ..... .
POST members.forgotten                > >> >>> > >>>>> >
GET  members.forgotten_sent           . .. ... . ..... .
GET  members.reset                    . .. ... . ..... .
POST members.reset                    > >> >>> > >>>>> >
GET  members.account                  - .. ... . ..... .
POST members.account                  - >> >>> > >>>>> >
GET  members.change_password          - .. ... . ..... .
POST members.change_password          - >> >>> > >>>>> >
POST members.end_session              - oo >oo o oooo> o
POST members.end_other_sessions       - >> >>> > >>>>> >
POST members.act_for                  - >> >>> > >>>>> >

GET  members.new_organisation         - .x ... . ..... .
POST members.new_organisation         - >x >>> > >>>>> >
GET  members.register                 - .x ... . ..... .
POST members.register                 - >x >>> > >>>>> >
GET  members.ask_to_join              - .x ... . ..... .
POST members.ask_to_join              - >x !!! > >>>>> !
POST members.withdraw_request         - >o xxx o xxxxx x
GET  members.organisation             - oo ... o ..... .
GET  members.organisation (young)     - oo ... o ..... .
GET  members.edit_organisation        - oo xx. o x.xx. .
POST members.edit_organisation        - oo xx> o x>xx> >
GET  members.preview                  - oo ... o ..... .

GET  members.people                   - oo ... o ..... .
GET  members.invite                   - oo xx. o x.xx. .
POST members.invite                   - oo xx> o x>xx> >
POST members.resend_invitation        - oo xx> o x>xx> >
POST members.revoke_invitation        - oo xx> o x>xx> >
GET  members.invitation               . .. ... . ..... .
POST members.accept_invitation        - >x xxx x xxxxx x
POST members.decline_invitation       - >x xxx x xxxxx x
GET  members.change_role              - oo xx. o x.xx. .
POST members.change_role              - oo xx> o x>xx> >
GET  members.end_affiliation          - oo xx. o x.xx. .
POST members.end_affiliation          - oo xx> o x>xx> >
GET  members.end_affiliation (self)   - oo .x. o x.xx. .
POST members.end_affiliation (self)   - oo >x> o x>xx> >
GET  members.answer_request           - xo xx. o x.xx. .
POST members.answer_request           - xo xx> o x>xx> >
POST members.decline_request          - xo xx> o x>xx> >

GET  members.directory                . .. ... . ..... .
GET  members.directory (narrowed)     . .. ... . ..... .
GET  members.show                     . .. ... . ..... .
GET  members.show (unconfirmed)       o oo ooo o ooooo o
GET  members.enquire                  . .. ... . ..... .
POST members.enquire                  > >> >>> > >>>>> >
GET  members.joined                   . .. ... . ..... .

GET  members.staff_people             - xx xxx x x.xx. x
GET  members.staff_people (named)     - xx xxx x x.xx. x
GET  members.staff_person             - oo xxx o x.xx. x
POST members.run_account              - oo xxx o xxxx> x
POST members.run_account (unblock)    - oo xxx o xxxx> x
POST members.unlock                   - oo xxx o xxxx> x
POST members.end_sessions             - oo xxx o xxxx> x
GET  members.give_grant               - oo xxx o xxxx. x
POST members.give_grant               - oo xxx o xxxx> x
POST members.end_grant                - oo ooo o oooo> o
GET  members.staff_organisations      - xx xxx x x.xx. x
GET  members.staff_organisations (named)        - xx xxx x x.xx. x
GET  members.staff_organisations (unconfirmed)  - xx xxx x x.xx. x
GET  members.export_organisations     - xx xxx x x.xx. x
GET  members.register_for             - xx xxx x x.xx. x
POST members.register_for             - xx xxx x x>xx> x
POST members.confirm                  - oo xxx o x>xx> x
GET  members.staff_requests           - xx xxx x x.xx. x
GET  members.enquiries                - xx xxx x x.xx. x
GET  members.enquiries (all)          - xx xxx x x.xx. x
GET  members.enquiry                  - oo ooo o o.oo. o
POST members.handle_enquiry           - oo ooo o o>oo> o

GET  members.tiers                    - xx xxx x x.xx. x
GET  members.new_tier                 - xx xxx x x.xx. x
POST members.new_tier                 - xx xxx x x>xx> x
GET  members.edit_tier                - xx xxx x x.xx. x
POST members.edit_tier                - xx xxx x x>xx> x
GET  members.start_membership         - oo xxx o x.xx. x
POST members.start_membership         - oo xxx o x>xx> x
GET  members.renew                    - oo xxx o x.xx. x
POST members.renew                    - oo xxx o x>xx> x
GET  members.end_membership           - oo xxx o x.xx. x
POST members.end_membership           - oo xxx o x>xx> x
GET  members.suspend                  - oo xxx o x.xx. x
POST members.suspend                  - oo xxx o x>xx> x
POST members.lift_suspension          - oo xxx o x>xx> x
"""

OWN = {"slug": "{own}"}
YOUNG = {"slug": "{young}"}
COLLEAGUE = {"slug": "{own}", "id": "{affiliation}"}
LETTER = {"slug": "{own}", "id": "{invitation}"}
FACTS = {
    "display_name": "Newly Made", "legal_name": "Newly Made AS", "kind": "startup", "size": "micro",
    "place": "Bergen", "website": "https://data.example", "standfirst": "New.", "description": "",
    "language": "en", "tags": ["{tag}"],
}  # fmt: skip
NUMBER = {"number_kind": "norwegian", "number": "923609016", "country": "NO"}
STRONG = "nine violet umbrellas sing"
TIER = {
    "code": "silver", "name_en": "Silver", "name_nb": "Sølv", "rank": "2", "votes": "1",
    "year": "calendar",
}  # fmt: skip
PERIOD = {"tier": "{tier}", "from_on": "2040-01-01", "to_on": "2041-01-01"}

WAYS = {
    "members.directory (narrowed)": To(
        query={
            "sector": "sound",
            "size": "small",
            "place": "bergen",
            "offers": "law",
            "seeks": "data",
        }
    ),
    "members.sign_up": To(
        body={
            "name": "Kari",
            "email": "kari@new.example",
            "password": STRONG,
            "accepts": "y",
            "texts": "{texts_shown}",
        }
    ),
    "members.sign_in": To(body={"email": "colleague@data.example", "password": PASSWORD}),
    "members.sign_in (wrong)": To(body={"email": "colleague@data.example", "password": "wrong"}),
    "members.verify": To(values={"token": "{proving}"}, body={"password": PASSWORD}),
    "members.verify (elsewhere)": To(values={"token": "{proving}"}),
    "members.confirm_address": To(quiet=True),  # who is confirmed already is led on
    "members.forgotten": To(body={"email": "colleague@data.example"}, quiet=True),  # a job does it
    "members.reset": To(values={"token": "{resetting}"}, body={"password": STRONG}),
    "members.account": To(
        body={"name": "Kari", "phone": "", "language": "nb", "edited_version": "1"}
    ),
    "members.change_password": To(body={"current": PASSWORD, "password": STRONG}),
    "members.end_session": To(values={"id": "{other_session}"}),
    "members.act_for": To(body={"organisation": "{own_id}"}, quiet=True),  # who has none is led on
    "members.new_organisation": To(body=NUMBER, quiet=True),  # the next page makes it
    "members.register": To(
        query={"kind": "norwegian", "number": "923609016", "country": "NO"}, body=FACTS
    ),
    "members.ask_to_join": To(
        values={"country": "NO", "number": "{number}"}, body={"message": "Hello."}
    ),
    "members.withdraw_request": To(values={"id": "{request}"}),
    "members.organisation": To(values=OWN),
    "members.organisation (young)": To(values=YOUNG),
    "members.edit_organisation": To(values=OWN, body=FACTS | {"edited_version": "{own_version}"}),
    "members.preview": To(values=OWN),
    "members.people": To(values=OWN),
    "members.invite": To(
        values=OWN,
        body={"email": "new@data.example", "role": "member", "language": "en", "message": ""},
    ),
    "members.resend_invitation": To(values=LETTER),
    "members.revoke_invitation": To(values=LETTER),
    "members.invitation": To(values={"key": "{invited}"}),
    "members.accept_invitation": To(values={"key": "{invited}"}),
    "members.decline_invitation": To(values={"key": "{invited}"}),
    "members.change_role": To(values=COLLEAGUE, body={"role": "representative"}),
    "members.end_affiliation": To(values=COLLEAGUE),
    "members.end_affiliation (self)": To(
        values={"slug": "{own}", "id": "{members_affiliation_own}"}
    ),
    "members.answer_request": To(values={"id": "{request}"}, body={"role": "member"}),
    "members.decline_request": To(values={"id": "{request}"}),
    "members.show": To(values=OWN),
    "members.show (unconfirmed)": To(values=YOUNG),
    "members.enquire": To(
        body={"organisation_name": "New AS", "name": "Kari", "email": "kari@new.example"}
    ),
    "members.staff_people (named)": To(query={"begins": "firm"}),
    "members.staff_organisations (named)": To(query={"begins": "firm"}),
    "members.staff_organisations (unconfirmed)": To(query={"show": "unconfirmed"}),
    "members.enquiries (all)": To(query={"show": "all"}),
    "members.staff_person": To(values={"id": "{colleague}"}),
    "members.run_account": To(values={"id": "{colleague}", "move": "block"}),
    "members.run_account (unblock)": To(values={"id": "{blocked}", "move": "unblock"}),
    "members.unlock": To(values={"id": "{colleague}"}),
    "members.end_sessions": To(values={"id": "{colleague}"}),
    "members.give_grant": To(values={"id": "{colleague}"}, body={"role": "editor"}),
    "members.end_grant": To(values={"id": "{grant}"}),
    "members.register_for": To(
        body=FACTS | NUMBER | {"person_name": "Kari", "person_email": "kari@new.example"}
    ),
    "members.confirm": To(values=YOUNG),
    "members.enquiry": To(values={"id": "{enquiry}"}),
    "members.handle_enquiry": To(values={"id": "{enquiry}", "move": "take"}),
    "members.new_tier": To(body=TIER),
    "members.edit_tier": To(values={"id": "{tier}"}, body=TIER | {"code": "10"}),
    "members.start_membership": To(values=YOUNG, body=PERIOD),
    "members.renew": To(values=OWN, body=PERIOD | {"from_on": "{next_from}", "to_on": "{next_to}"}),
    "members.end_membership": To(values=OWN, body={"ends_on": "2040-01-01", "reason": "resigned"}),
    "members.suspend": To(values=OWN, body={"from_on": "2040-01-01", "to_on": ""}),
    "members.lift_suspension": To(values={"slug": "{resting}"}),
}
