"""The programmes' room: what everybody reads, applying, and what the programme team runs."""

from tests.architecture.matrix import To
from tests.architecture.world.programmes import ANSWERS

# The columns are those of `members`: s = stranger, nu = newcomer and unverified, mra = member,
# representative and administrator of the organisation, f = administrator of another, PMEDB =
# staff for programmes, membership, events, the editor, administrator of the portal, i = programme
# team and administrator of the organisation.
TABLE = """
#                                     s nu mra f PMEDB i
GET  programmes.index                 . .. ... . ..... .
GET  programmes.programme             . .. ... . ..... .
GET  programmes.programme (archived)  o oo ooo o .ooo. .
GET  programmes.call                  . .. ... . ..... .
GET  programmes.call (draft)          o oo ooo o .ooo. .

GET  programmes.begin                 - .. ... . ..... .
POST programmes.begin                 - ?? >>> ? ????? >
POST programmes.begin (closed)        - ?? !!! ? ????? !
GET  programmes.begin (draft)         - oo ooo o .ooo. .
GET  programmes.begin_for_others      - xx xxx x .xxx. .
POST programmes.begin_for_others      - xx xxx x >xxx> >
GET  programmes.applications          - .. ... . ..... .
GET  programmes.application           - oo ... o .ooo. .
GET  programmes.application (sent)    - oo ... o .ooo. .
GET  programmes.application (decided) - oo ... o .ooo. .
GET  programmes.application (offered) - oo ... o .ooo. .
GET  programmes.section               - oo ... o .ooo. .
POST programmes.section               - oo >>> o >ooo> >
POST programmes.section (sent)        - oo !!! o !ooo! !
POST programmes.answer                - oo ... o .ooo. .
GET  programmes.send                  - oo ... o .ooo. .
POST programmes.send                  - oo x>> o xooox >
GET  programmes.withdraw              - oo x.. o xooox .
POST programmes.withdraw              - oo x>> o xooox >
POST programmes.withdraw (waiting)    - oo x>> o xooox >

GET  programmes.manage                - xx xxx x .xxx. .
GET  programmes.make_programme        - xx xxx x .xxx. .
POST programmes.make_programme        - xx xxx x >xxx> >
GET  programmes.manage_programme      - xx xxx x .xxx. .
GET  programmes.edit_programme        - xx xxx x .xxx. .
POST programmes.edit_programme        - xx xxx x >xxx> >
POST programmes.archive_programme     - xx xxx x >xxx> >
POST programmes.restore_programme     - oo ooo o >ooo> >
GET  programmes.make_cohort           - xx xxx x .xxx. .
POST programmes.make_cohort           - xx xxx x >xxx> >
GET  programmes.manage_cohort         - xx xxx x .xxx. .
GET  programmes.edit_cohort           - xx xxx x .xxx. .
POST programmes.edit_cohort           - xx xxx x >xxx> >
POST programmes.move_cohort           - xx xxx x >xxx> >
GET  programmes.write_agreement       - xx xxx x .xxx. .
POST programmes.write_agreement       - xx xxx x >xxx> >

GET  programmes.make_call             - xx xxx x .xxx. .
POST programmes.make_call             - xx xxx x >xxx> >
GET  programmes.manage_call           - oo ooo o .ooo. .
GET  programmes.manage_call (public)  - xx xxx x .xxx. .
GET  programmes.edit_call             - oo ooo o .ooo. .
POST programmes.edit_call             - oo ooo o >ooo> >
GET  programmes.criteria              - oo ooo o .ooo. .
POST programmes.criteria              - oo ooo o >ooo> >
GET  programmes.edit_criterion        - oo ooo o .ooo. .
POST programmes.edit_criterion        - oo ooo o >ooo> >
POST programmes.remove_criterion      - oo ooo o >ooo> >
POST programmes.raise_criterion       - oo ooo o >ooo> >
POST programmes.lower_criterion       - oo ooo o >ooo> >
GET  programmes.preview               - oo ooo o .ooo. .
POST programmes.preview               - oo ooo o >ooo> >
GET  programmes.publish_call          - oo ooo o .ooo. .
POST programmes.publish_call          - oo ooo o >ooo> >
GET  programmes.cancel_call           - xx xxx x .xxx. .
POST programmes.cancel_call           - xx xxx x >xxx> >
POST programmes.decide_call           - xx xxx x >xxx> >
POST programmes.archive_call          - xx xxx x >xxx> >

GET  programmes.questions             - oo ooo o .ooo. .
POST programmes.questions             - oo ooo o >ooo> >
GET  programmes.edit_section          - oo ooo o .ooo. .
POST programmes.edit_section          - oo ooo o >ooo> >
POST programmes.raise_section         - oo ooo o >ooo> >
POST programmes.lower_section         - oo ooo o >ooo> >
POST programmes.remove_section        - oo ooo o >ooo> >
GET  programmes.add_question          - oo ooo o .ooo. .
POST programmes.add_question          - oo ooo o >ooo> >
GET  programmes.edit_question         - oo ooo o .ooo. .
POST programmes.edit_question         - oo ooo o >ooo> >
POST programmes.raise_question        - oo ooo o >ooo> >
POST programmes.lower_question        - oo ooo o >ooo> >
POST programmes.remove_question       - oo ooo o >ooo> >
POST programmes.draft_form            - xx xxx x >xxx> >
POST programmes.publish_form          - xx xxx x >xxx> >
"""

GROWTH, PLANNED = {"id": "{programme}"}, {"id": "{planned}"}
FRESH, UNREADY = {"id": "{fresh}"}, {"id": "{unready}"}
NAMES = {"name_en": "New", "name_nb": "Ny"}
TITLES = {"title_en": "New", "title_nb": "Ny"}
TERM = {"text_en": "A term", "text_nb": "Et vilkår"}
QUESTION = {"label_en": "Why?", "label_nb": "Hvorfor?", "required": "y"}
COHORT = NAMES | {
    "starts_on": "2040-01-01", "ends_on": "2040-06-01", "capacity": "9", "manager_id": "{boss}",
}  # fmt: skip
CALL = TITLES | {
    "contact_id": "{programmes}", "zone": "Europe/Oslo", "opens_at": "2040-01-01T12:00",
    "closes_at": "2040-02-01T12:00", "decision_on": "2040-03-01", "offer_days": "14", "like": "",
    "text_en": "Words.", "text_nb": "Ord.",
}  # fmt: skip
SEEN = {"edited_version": "1"}
SECTION = {f"answer_{key}": value for key, value in ANSWERS.items()} | {
    f"answer_{key}_version": "1" for key in ANSWERS
}
DRAFT = {"id": "{draft}"}

WAYS = {
    "programmes.programme": To(values={"slug": "growth"}),
    "programmes.programme (archived)": To(values={"slug": "old"}),
    "programmes.call": To(values={"slug": "open"}),
    "programmes.call (draft)": To(values={"slug": "unready"}),
    "programmes.begin": To(values={"slug": "fresh"}, body={"organisation": "{own_id}"}),
    "programmes.begin (closed)": To(values={"slug": "finished"}, body={"organisation": "{own_id}"}),
    "programmes.begin (draft)": To(values={"slug": "unready"}),
    "programmes.begin_for_others": To(values=FRESH, body={"organisation": "{number}"}),
    "programmes.application": To(values=DRAFT),
    "programmes.application (sent)": To(values={"id": "{sent}"}),
    "programmes.application (decided)": To(values={"id": "{approved}"}),
    "programmes.application (offered)": To(values={"id": "{offered}"}),
    "programmes.section": To(
        values=DRAFT | {"position": "1"}, body=SECTION | {"answer_short": "Another."}
    ),
    "programmes.section (sent)": To(
        values={"id": "{sent}", "position": "1"}, body={"answer_short": "Another."}
    ),
    "programmes.answer": To(
        values=DRAFT | {"key": "short"}, body={"value": "Another.", "version": "1"}
    ),
    "programmes.send": To(values=DRAFT, body={"confirm": "y"}),
    "programmes.withdraw": To(values={"id": "{sent}"}, body={"reason": "No time."}),
    "programmes.withdraw (waiting)": To(values={"id": "{waiting}"}, body={"reason": ""}),
    "programmes.make_programme": To(body=NAMES | {"kind": "incubator"}),
    "programmes.manage_programme": To(values=GROWTH),
    "programmes.edit_programme": To(values=GROWTH, body=NAMES | SEEN | {"kind": "incubator"}),
    "programmes.archive_programme": To(values=GROWTH),
    "programmes.restore_programme": To(values={"id": "{archived}"}),
    "programmes.make_cohort": To(values=GROWTH, body=COHORT),
    "programmes.manage_cohort": To(values=PLANNED),
    "programmes.edit_cohort": To(
        values=PLANNED, body=COHORT | {"edited_version": "{planned_version}"}
    ),
    "programmes.move_cohort": To(values=PLANNED | {"move": "start"}),
    "programmes.write_agreement": To(values=PLANNED, body=TERM),
    "programmes.make_call": To(values=PLANNED, body=CALL),
    "programmes.manage_call": To(values=UNREADY),
    "programmes.manage_call (public)": To(values=FRESH),
    "programmes.edit_call": To(values=UNREADY, body=CALL | SEEN),
    "programmes.criteria": To(values=UNREADY, body=TERM),
    "programmes.edit_criterion": To(values={"id": "{criterion}"}, body=TERM | SEEN),
    "programmes.remove_criterion": To(values={"id": "{criterion}"}),
    "programmes.raise_criterion": To(values={"id": "{second_criterion}"}),
    "programmes.lower_criterion": To(values={"id": "{criterion}"}),
    "programmes.preview": To(values=UNREADY),
    "programmes.publish_call": To(values={"id": "{ready}"}),
    "programmes.cancel_call": To(values=FRESH, body={"reason": "No money."}),
    "programmes.decide_call": To(values={"id": "{finished}"}),
    "programmes.archive_call": To(values={"id": "{decided}"}),
    "programmes.questions": To(values=UNREADY, body=TITLES),
    "programmes.edit_section": To(values={"id": "{section}"}, body=TITLES | SEEN),
    "programmes.raise_section": To(values={"id": "{second_section}"}),
    "programmes.lower_section": To(values={"id": "{section}"}),
    "programmes.remove_section": To(values={"id": "{empty_section}"}),
    "programmes.add_question": To(values={"id": "{section}", "kind": "short"}, body=QUESTION),
    "programmes.edit_question": To(values={"id": "{question}"}, body=QUESTION | SEEN),
    "programmes.raise_question": To(values={"id": "{second_question}"}),
    "programmes.lower_question": To(values={"id": "{question}"}),
    "programmes.remove_question": To(values={"id": "{question}"}),
    "programmes.draft_form": To(values=FRESH),
    "programmes.publish_form": To(values={"id": "{revised}"}),
}
