"""Membership over the years: its page, notice, benefits, exclusions, renewals, the register."""

from tests.architecture.matrix import To

# s = stranger, nu = newcomer and unverified, mra = member, representative and administrator of the
# organisation, f = administrator of another, PMEDB = staff for programmes, membership, events, the
# editor, administrator of the portal, i = programme team and administrator of the organisation.
TABLE = """
#                                      s nu mra f PMEDB i
GET  members.membership                - oo ... o ..... .
GET  members.membership (none)         - oo ooo . ..... .
GET  members.resign                    - oo x.. o x.xx. .
POST members.resign                    - oo x>> o x>xx> >
POST members.withdraw_notice           - oo x!! o x!xx! !  # none was given
GET  members.ask_about_membership      - oo x.. o xxxxx .
POST members.ask_about_membership      - oo x!! o xxxxx !  # asked already
POST members.withdraw_tier_request     - oo x>> o oxoox >
GET  members.tier_requests             - xx xxx x x.xx. x
GET  members.tier_request              - oo xxx o o.oo. x
GET  members.tier_request (now)        - oo ooo o o.oo. o
POST members.tier_request              - oo xxx o o>oo> x
POST members.tier_request (now)        - oo ooo o o>oo> o
GET  members.decline_tier_request      - oo xxx o o.oo. x
POST members.decline_tier_request      - oo xxx o o>oo> x
GET  members.change_tier               - oo xxx o x.xx. x
POST members.change_tier               - oo xxx o x>xx> x
GET  members.use_benefit               - oo xxx o x.xx. x
POST members.use_benefit               - oo xxx o x>xx> x
POST members.use_benefit (greedy)      - oo xxx o x?xx? x
POST members.take_back                 - oo xxx o x>xx> x

GET  members.exclude                   - oo xxx o x.xx. x
POST members.exclude                   - oo xxx o x>xx> x
GET  members.exclusions_list           - xx xxx x x.xx. x
GET  members.exclusion                 - oo ooo o o.oo. o
POST members.decide_exclusion          - oo ooo o o>oo> o
POST members.drop_exclusion            - oo ooo o o>oo> o
GET  members.membership_terms          - xx xxx x x.xx. x
POST members.membership_terms          - xx xxx x x>xx> x
GET  members.decided_by_two            - xx xxx x xxxx. x
POST members.decided_by_two            - xx xxx x xxxx> x
GET  members.benefits                  - xx xxx x x.xx. x
GET  members.new_benefit               - xx xxx x x.xx. x
POST members.new_benefit               - xx xxx x x>xx> x
GET  members.edit_benefit              - xx xxx x x.xx. x
POST members.edit_benefit              - xx xxx x x>xx> x

GET  members.renewals                  - xx xxx x x.xx. x
GET  members.new_renewals              - xx xxx x x.xx. x
POST members.new_renewals              - xx xxx x x>xx> x
GET  members.renewal_run               - oo ooo o o.oo. o
GET  members.renewal_run (resigned)    - oo ooo o o.oo. o
GET  members.renewal_run (running)     - oo ooo o o.oo. o
GET  members.renewal_run (done)        - oo ooo o o.oo. o
POST members.start_renewals            - oo ooo o o>oo> o
POST members.start_renewals (late)     - oo ooo o o!oo! o
POST members.stop_renewals             - oo ooo o o>oo> o
POST members.stop_renewals (done)      - oo ooo o o!oo! o
POST members.discard_renewals          - oo ooo o o>oo> o
POST members.discard_renewals (done)   - oo ooo o o!oo! o
POST members.leave_out                 - oo ooo o o>oo> o
POST members.take_in                   - oo ooo o o>oo> o

GET  members.member_register           - xx xxx x x.xx. x
GET  members.member_register (past)    - xx xxx x x.xx. x
GET  members.export_register           - xx xxx x x.xx. x
GET  members.register_roles            - xx xxx x x.xx. x
GET  members.register_roles (one)      - xx xxx x x.xx. x
GET  members.export_register_roles     - xx xxx x x.xx. x
GET  members.register_staff            - xx xxx x x.xx. x
"""

OWN = {"slug": "{own}"}
READY, RUNNING, DONE = ({"id": f"{{renewals_{name}}}"} for name in ("ready", "running", "done"))
PROMISE = {
    "key": "stand", "label_en": "Stand", "label_nb": "Stand", "quantity": "1", "unit_en": "",
    "unit_nb": "", "year": "membership", "rank": "2",
}  # fmt: skip
TERMS = {
    "grace_days": "30", "reinstatement_months": "6", "resignation": "notice", "notice_months": "2",
}  # fmt: skip
WINDOW = {"last_from": "2040-01-01", "last_until": "2040-12-31", "tier": ""}
OLD = {"day": "2025-12-31"}

WAYS = {
    "members.membership": To(values=OWN),
    "members.membership (none)": To(values={"slug": "{other}"}),
    "members.resign": To(values=OWN, body={"why": "We close.", "sure": "y"}),
    "members.withdraw_notice": To(values=OWN),
    "members.ask_about_membership": To(
        values=OWN, body={"tier": "{other_tier}", "takes": "at_once", "message": "Please."}
    ),
    "members.withdraw_tier_request": To(values=OWN | {"id": "{tier_request}"}),
    "members.tier_request": To(values={"id": "{tier_request}"}),
    "members.tier_request (now)": To(
        values={"id": "{tier_request_other}"}, body={"from_on": "{today}"}
    ),
    "members.decline_tier_request": To(values={"id": "{tier_request}"}, body={"reason": "No."}),
    "members.change_tier": To(values=OWN, body={"tier": "{other_tier}", "from_on": "{today}"}),
    "members.use_benefit": To(
        values=OWN, body={"benefit": "{benefit}", "used_on": "{today}", "quantity": "1"}
    ),
    "members.use_benefit (greedy)": To(
        values=OWN, body={"benefit": "{benefit}", "used_on": "{today}", "quantity": "90"}
    ),
    "members.take_back": To(values=OWN | {"id": "{benefit_use}"}),
    "members.exclude": To(values=OWN, body={"reason": "Broke it.", "from_on": "{today}"}),
    "members.exclusion": To(values={"id": "{exclusion}"}),
    "members.decide_exclusion": To(values={"id": "{exclusion}"}),
    "members.drop_exclusion": To(values={"id": "{exclusion}"}),
    "members.membership_terms": To(body=TERMS),
    "members.decided_by_two": To(body={"exclusions": "y"}),
    "members.benefits": To(values={"id": "{tier}"}),
    "members.new_benefit": To(values={"id": "{tier}"}, body=PROMISE),
    "members.edit_benefit": To(values={"id": "{benefit}"}, body=PROMISE),
    "members.new_renewals": To(body=WINDOW),
    "members.renewal_run": To(values=READY),
    "members.renewal_run (resigned)": To(values=READY, query={"show": "resigned"}),
    "members.renewal_run (running)": To(values=RUNNING),
    "members.renewal_run (done)": To(values=DONE, query={"show": "renewed"}),
    "members.start_renewals": To(values=READY, body={"edited_version": "{renewals_version}"}),
    "members.start_renewals (late)": To(values=READY, body={"edited_version": "77"}),
    "members.stop_renewals": To(values=RUNNING),
    "members.stop_renewals (done)": To(values=DONE),
    "members.discard_renewals": To(values=READY),
    "members.discard_renewals (done)": To(values=DONE),
    "members.leave_out": To(values=READY | {"line_id": "{line_to_renew}"}),
    "members.take_in": To(values=READY | {"line_id": "{line_by_hand}"}),
    "members.member_register (past)": To(query=OLD | {"show": "all", "tier": "10"}),
    "members.export_register": To(query={"kind": "xlsx"}),
    "members.register_roles (one)": To(query={"role": "representative"}),
    "members.export_register_roles": To(query=OLD),
}
