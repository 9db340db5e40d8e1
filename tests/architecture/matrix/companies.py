"""People and companies: names to check, successors, what is shown of whom, who is here twice."""

from tests.architecture.matrix import To

# The columns are those of `members`.
TABLE = """
#                                     s nu mra f PMEDB i
GET  members.identity                 - oo xx. o x.xx. .
POST members.identity                 - oo xx> o x>xx> >
POST members.identity (same)          - oo xx? o x?xx? ?
GET  members.proposal                 - oo ... o ..... .
POST members.accept_proposal          - oo xxx o x>xx> x
POST members.decline_proposal         - oo xxx o x>xx> x
POST members.withdraw_proposal        - oo xx> o xxxxx >
GET  members.proposals                - xx xxx x x.xx. x

GET  members.hand_over                - oo xx. o x.xx. .
POST members.hand_over                - oo xx> o x>xx> >
POST members.hand_over (nobody)       - oo xx? o x?xx? ?
POST members.drop_succession          - oo xx> o x>xx> >
GET  members.people_history           - oo xx. o x.xx. .

GET  members.shown                    - .. ... . ..... .
POST members.shown                    - >> >>> > >>>>> >
GET  members.shown_as                 - .. ... . ..... .
GET  members.shown_as (member)        - .. ... . ..... .
GET  members.somebody                 o oo ... o ..... .
GET  members.somebody (open)          . .. ... . ..... .
GET  members.preview (member)         - oo ... o ..... .

GET  members.merges                   - xx xxx x x.xx. x
GET  members.merge_person             - oo xxx o x.xx. x
POST members.merge_person             - oo xxx o x>xx> x
GET  members.merge_organisation       - oo xxx o x.xx. x
POST members.merge_organisation       - oo xxx o x>xx> x
GET  members.merge                    - oo ooo o o.oo. o
POST members.approve_merge            - oo ooo o o>oo> o
POST members.approve_merge (own)      - oo ooo o o>oox o
POST members.decline_merge            - oo ooo o o>oo> o
POST members.withdraw_merge           - oo ooo o oxoo> o
"""

OWN = {"slug": "{own}"}
PROPOSAL = {"slug": "{own}", "id": "{proposal}"}
VACANCY = {"slug": "{own}", "id": "{succession}"}
BY_DEPUTY, BY_BOSS = {"id": "{merge_by_deputy}"}, {"id": "{merge_by_boss}"}
AS_IT_IS = {
    "display_name": "«Own»", "legal_name": "«Own AS»", "number_kind": "norwegian",
    "number": "{number}", "country": "NO", "message": "",
}  # fmt: skip
REASON = {"reason": "It is so."}

WAYS = {
    "members.identity": To(values=OWN, body=AS_IT_IS | {"display_name": "Another"}),
    "members.identity (same)": To(values=OWN, body=AS_IT_IS),
    "members.proposal": To(values=PROPOSAL),
    "members.accept_proposal": To(values=PROPOSAL),
    "members.decline_proposal": To(values=PROPOSAL, body=REASON),
    "members.withdraw_proposal": To(values=PROPOSAL),
    "members.hand_over": To(values=VACANCY, body={"successor": "{colleague}", "email": ""}),
    "members.hand_over (nobody)": To(values=VACANCY, body={"successor": "", "email": ""}),
    "members.drop_succession": To(values=VACANCY),
    "members.people_history": To(values=OWN),
    "members.shown": To(
        body={"show_name": "public", "show_email": "members", "show_phone": "staff"}
    ),
    "members.shown_as (member)": To(query={"viewer": "member"}),
    "members.somebody": To(values={"id": "{colleague}"}),
    "members.somebody (open)": To(values={"id": "{person_open}"}),
    "members.preview (member)": To(values=OWN, query={"viewer": "member"}),
    "members.merge_person": To(
        values={"id": "{colleague}"}, body={"other": "", "called": "gone@data.example"} | REASON
    ),
    "members.merge_organisation": To(
        values={"slug": "{resting}"}, body={"other": "", "called": "{other}"} | REASON
    ),
    "members.merge": To(values=BY_DEPUTY),
    "members.approve_merge": To(values=BY_DEPUTY),
    "members.approve_merge (own)": To(values=BY_BOSS),
    "members.decline_merge": To(values=BY_DEPUTY, body=REASON),
    "members.withdraw_merge": To(values=BY_BOSS),
}
