"""The programmes' room, once applications are sent: deciding, offers, cohorts, milestones."""

from tests.architecture.matrix import To

# The columns are those of `programmes`. Whoever belongs to the organisation that applied does not
# decide about it, whatever else they are: the insider reads here what an applicant reads.
TABLE = """
#                                     s nu mra f PMEDB i
GET  programmes.call_applications     - xx xxx x .xxx. .
GET  programmes.call_applications (sorted)  - xx xxx x .xxx. .
GET  programmes.call_applications (state)  - xx xxx x .xxx. .
GET  programmes.call_applications (named)  - xx xxx x .xxx. .
GET  programmes.call_applications (known)  - xx xxx x .xxx. .
GET  programmes.export_applications   - xx xxx x .xxx. .
GET  programmes.export_applications (xlsx)  - xx xxx x .xxx. .
GET  programmes.assess                - oo xxx o .ooo. x
POST programmes.assess                - oo xxx o >ooo> x
POST programmes.take_in               - oo xxx o >ooo> x
POST programmes.take_in (unchecked)   - oo xxx o !ooo! x
GET  programmes.prepare_decision      - oo xxx o .ooo. x
POST programmes.prepare_decision      - oo xxx o >ooo> x
GET  programmes.approve_decision      - oo ooo o .ooo. x
POST programmes.approve_decision      - oo ooo o >ooo> x
POST programmes.approve_decision (own)  - oo ooo o xooo> x
POST programmes.revoke_decision       - oo ooo o >ooo> x
POST programmes.publish_decision      - oo ooo o >ooo> x
GET  programmes.publish_decisions     - xx xxx x .xxx. .
POST programmes.publish_decisions     - xx xxx x >xxx> !

GET  programmes.offer                 - oo ... o .ooo. .
GET  programmes.accept_offer          - oo x.. o xooox .
POST programmes.accept_offer          - oo x>> o xooox >
GET  programmes.decline_offer         - oo x.. o xooox .
POST programmes.decline_offer         - oo x>> o xooox >
GET  programmes.take_back_offer       - oo xxx o .ooo. x
POST programmes.take_back_offer       - oo xxx o >ooo> x
GET  programmes.promote               - oo xxx o .ooo. x
POST programmes.promote               - oo xxx o >ooo> x
GET  programmes.release               - oo xxx o .ooo. x
POST programmes.release               - oo xxx o >ooo> x

GET  programmes.cohort                - oo ... o .ooo. .
GET  programmes.cohort (planned)      - oo ooo o .ooo. .
GET  programmes.admit                 - xx xxx x .xxx. .
POST programmes.admit                 - xx xxx x >xxx> x
GET  programmes.participation         - oo ... o .ooo. .
GET  programmes.name_responsible      - oo ... o .ooo. .
POST programmes.name_responsible      - oo >>> o >ooo> >
POST programmes.move_participation    - oo xxx o >ooo> x
GET  programmes.leave_cohort          - oo x.. o .ooo. .
POST programmes.leave_cohort          - oo x>> o >ooo> >
GET  programmes.end_participation     - oo xxx o .ooo. x
POST programmes.end_participation     - oo xxx o >ooo> x

GET  programmes.plan_milestone        - oo ... o .ooo. .
POST programmes.plan_milestone        - oo >>> o >ooo> >
GET  programmes.milestone             - oo ... o .ooo. .
GET  programmes.edit_milestone        - oo ... o .ooo. .
POST programmes.edit_milestone        - oo >>> o >ooo> >
POST programmes.move_milestone        - oo >>> o >ooo> >
POST programmes.move_milestone (reopen)  - oo xxx o >ooo> x
GET  programmes.hand_in               - oo ... o .ooo. .
POST programmes.hand_in               - oo >>> o >ooo> >
GET  programmes.judge_milestone       - oo xxx o .ooo. x
POST programmes.judge_milestone       - oo xxx o >ooo> x
GET  programmes.drop_milestone        - oo xxx o .ooo. x
POST programmes.drop_milestone        - oo xxx o >ooo> x
"""

MANY = {"id": "{approved_call}"}
REASON = {"reason": "Because."}
PLACE = {"id": "{participation}"}
MILESTONE = {"title": "Sell one", "description": "", "due_on": "2040-01-01", "owner_id": ""}

WAYS = {
    "programmes.call_applications": To(values=MANY),
    "programmes.call_applications (sorted)": To(values=MANY, query={"sort": "name"}),
    "programmes.call_applications (state)": To(values=MANY, query={"state": "in_review"}),
    "programmes.call_applications (named)": To(values=MANY, query={"q": "firm"}),
    "programmes.call_applications (known)": To(values=MANY, query={"q": "APP-20"}),
    "programmes.export_applications": To(values={"id": "{approved_call}", "kind": "csv"}),
    "programmes.export_applications (xlsx)": To(values={"id": "{sent_call}", "kind": "xlsx"}),
    "programmes.assess": To(values={"id": "{sent}"}),
    "programmes.take_in": To(values={"id": "{checked}"}),
    "programmes.take_in (unchecked)": To(values={"id": "{sent}"}),
    "programmes.prepare_decision": To(
        values={"id": "{review}"}, body={"outcome": "offer", "feedback": "Good."}
    ),
    "programmes.approve_decision": To(values={"id": "{prepared_decision}"}),
    "programmes.approve_decision (own)": To(values={"id": "{programmes_decision}"}),
    "programmes.revoke_decision": To(values={"id": "{prepared_decision}"}),
    "programmes.publish_decision": To(values={"id": "{approved_decision}"}),
    "programmes.publish_decisions": To(values={"id": "{approved_call}"}),
    "programmes.offer": To(values={"id": "{offered}"}),
    "programmes.accept_offer": To(values={"id": "{offered}"}, body={"name": "Kari", "agrees": "y"}),
    "programmes.decline_offer": To(values={"id": "{offered}"}, body={"note": ""}),
    "programmes.take_back_offer": To(values={"id": "{offered}"}, body=REASON),
    "programmes.promote": To(values={"id": "{waiting}"}, body={"reason": ""}),
    "programmes.release": To(values={"id": "{waiting}"}, body={"message": "No place."}),
    "programmes.cohort": To(values={"id": "{running}"}),
    "programmes.cohort (planned)": To(values={"id": "{planned}"}),
    "programmes.admit": To(values={"id": "{planned}"}, body=REASON | {"organisation": "{number}"}),
    "programmes.participation": To(values=PLACE),
    "programmes.name_responsible": To(values=PLACE, body={"responsible_id": "{colleague}"}),
    "programmes.move_participation": To(values=PLACE | {"move": "pause"}),
    "programmes.leave_cohort": To(values=PLACE, body=REASON),
    "programmes.end_participation": To(values=PLACE, body=REASON),
    "programmes.plan_milestone": To(values=PLACE, body=MILESTONE),
    "programmes.milestone": To(values={"id": "{milestone_submitted}"}),
    "programmes.edit_milestone": To(
        values={"id": "{milestone_planned}"}, body=MILESTONE | {"edited_version": "1"}
    ),
    "programmes.move_milestone": To(values={"id": "{milestone_planned}", "move": "start"}),
    "programmes.move_milestone (reopen)": To(values={"id": "{milestone_missed}", "move": "reopen"}),
    "programmes.hand_in": To(
        values={"id": "{milestone_in_progress}"}, body={"evidence": "Sold one."}
    ),
    "programmes.judge_milestone": To(
        values={"id": "{milestone_submitted}"}, body={"verdict": "achieved", "note": ""}
    ),
    "programmes.drop_milestone": To(values={"id": "{milestone_planned}"}, body=REASON),
}
