"""What is done in the programmes' room, as the audit keeps it and a timeline tells it."""

from portal.core.wording import N_
from portal.platform.audit import Deed


class ProgrammeDeed(Deed):
    """The deeds of programmes, calls and cohorts."""

    PROGRAMME_MADE = "programme.made", N_("Programme made")
    PROGRAMME_EDITED = "programme.edited", N_("Programme edited")
    PROGRAMME_ARCHIVED = "programme.archived", N_("Programme archived")
    PROGRAMME_RESTORED = "programme.restored", N_("Programme brought back")
    COHORT_MADE = "cohort.made", N_("Cohort made")
    COHORT_EDITED = "cohort.edited", N_("Cohort edited")
    COHORT_MOVED = "cohort.moved", N_("Cohort moved on")
    AGREEMENT_WRITTEN = "agreement.written", N_("Agreement written")
    CALL_MADE = "call.made", N_("Call made")
    CALL_EDITED = "call.edited", N_("Call edited")
    CALL_PREVIEWED = "call.previewed", N_("Call looked at before opening")
    CALL_PUBLISHED = "call.published", N_("Call published")
    CALL_CANCELLED = "call.cancelled", N_("Call cancelled")
    CALL_DECIDED = "call.decided", N_("All applications decided")
    CALL_ARCHIVED = "call.archived", N_("Call archived")
    CRITERION_CHANGED = "call.criteria", N_("Terms changed")
    SECTION_ADDED = "section.added", N_("Page of questions added")
    SECTION_EDITED = "section.edited", N_("Page of questions renamed")
    SECTION_REMOVED = "section.removed", N_("Page of questions removed")
    QUESTION_ADDED = "question.added", N_("Question added")
    QUESTION_EDITED = "question.edited", N_("Question edited")
    QUESTION_REMOVED = "question.removed", N_("Question removed")
    QUESTIONS_ORDERED = "question.ordered", N_("Questions put in another order")
    FORM_DRAFTED = "form.drafted", N_("New version of the questions begun")
    FORM_PUBLISHED = "form.published", N_("Questions published")


class ApplicationDeed(Deed):
    """The deeds of an application, from the first word to the answered offer."""

    BEGUN = "application.begun", N_("Application begun")
    ANSWERED = "application.answered", N_("Answer saved")
    SUBMITTED = "application.submitted", N_("Application sent")
    WITHDRAWN = "application.withdrawn", N_("Application withdrawn")
    CALLED_OFF = "application.called_off", N_("Ended because the call was cancelled")
    LAPSED = "application.lapsed", N_("Not sent before the deadline")
    REMINDED = "application.reminded", N_("Reminder of the deadline sent")
    CHECKED = "application.checked", N_("Checklist filled in")
    TAKEN_IN = "application.taken_in", N_("Taken into assessment")
    DECISION_PREPARED = "decision.prepared", N_("Decision prepared")
    DECISION_TAKEN_OVER = "decision.taken_over", N_("Prepared decision taken over")
    DECISION_APPROVED = "decision.approved", N_("Decision approved")
    DECISION_REVOKED = "decision.revoked", N_("Prepared decision taken back")
    DECISION_FELL_AWAY = "decision.fell_away", N_("Prepared decision fell away")
    DECISION_PUBLISHED = "decision.published", N_("Decision published")
    OFFERED = "application.offered", N_("Place offered from the waiting list")
    OUT_OF_TURN = "application.out_of_turn", N_("Others on the waiting list were passed over")
    OFFER_REMINDED = "offer.reminded", N_("Reminder of the offer sent")
    ACCEPTED = "application.accepted", N_("Offer accepted")
    DECLINED = "application.declined", N_("Offer declined")
    OFFER_LAPSED = "application.offer_lapsed", N_("Offer expired without an answer")
    OFFER_REVOKED = "application.offer_revoked", N_("Offer taken back")
    RELEASED = "application.released", N_("Taken off the waiting list")


class CohortDeed(Deed):
    """The deeds of a company in its cohort."""

    JOINED = "participation.joined", N_("Joined the cohort")
    BEGAN = "participation.began", N_("Began in the cohort")
    PAUSED = "participation.paused", N_("Paused")
    RESUMED = "participation.resumed", N_("Went on after a pause")
    GRADUATED = "participation.graduated", N_("Graduated")
    TERMINATED = "participation.terminated", N_("Participation ended by the cluster")
    LEFT = "participation.left", N_("Left the cohort")
    RESPONSIBLE_NAMED = "participation.responsible", N_("Responsible person named")
    MILESTONE_PLANNED = "milestone.planned", N_("Milestone planned")
    MILESTONE_EDITED = "milestone.edited", N_("Milestone edited")
    MILESTONE_STARTED = "milestone.started", N_("Work on the milestone begun")
    MILESTONE_HANDED_IN = "milestone.handed_in", N_("Milestone handed in")
    MILESTONE_ACHIEVED = "milestone.achieved", N_("Milestone achieved")
    MILESTONE_RETURNED = "milestone.returned", N_("More asked for")
    MILESTONE_MISSED = "milestone.missed", N_("Milestone missed")
    MILESTONE_REOPENED = "milestone.reopened", N_("Milestone opened again")
    MILESTONE_DROPPED = "milestone.dropped", N_("Milestone dropped")
    MILESTONE_REMINDED = "milestone.reminded", N_("Reminder of the milestone sent")
