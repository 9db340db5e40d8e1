"""The words of the programmes' room."""

from portal.core.vocabulary import Word
from portal.core.wording import N_


class ProgrammeKind(Word):
    """What a programme offers."""

    INCUBATOR = "incubator", N_("Incubator")
    ACCELERATOR = "accelerator", N_("Accelerator")


class CohortState(Word):
    """How far a cohort has come."""

    PLANNED = "planned", N_("Planned")
    RUNNING = "running", N_("Running"), "progress"
    COMPLETED = "completed", N_("Completed"), "good"
    CANCELLED = "cancelled", N_("Cancelled"), "bad"


class CallState(Word):
    """How far a call has come. Whether it is open is read from its dates."""

    DRAFT = "draft", N_("Draft")
    PUBLISHED = "published", N_("Published"), "progress"
    DECIDED = "decided", N_("Decided"), "good"
    ARCHIVED = "archived", N_("Archived")
    CANCELLED = "cancelled", N_("Cancelled"), "bad"


class CallPhase(Word):
    """Where a call stands at a moment: its state and its dates together."""

    DRAFT = "draft", N_("Draft")
    UPCOMING = "upcoming", N_("Opens later"), "wait"
    OPEN = "open", N_("Open"), "good"
    ASSESSING = "assessing", N_("In decision"), "progress"
    DECIDED = "decided", N_("Decided")
    ARCHIVED = "archived", N_("Archived")
    CANCELLED = "cancelled", N_("Cancelled"), "bad"


class FormState(Word):
    """Whether a set of questions may still be edited."""

    DRAFT = "draft", N_("Draft")
    PUBLISHED = "published", N_("Published"), "good"
    RETIRED = "retired", N_("Replaced")


class QuestionKind(Word):
    """What kind of answer a question asks for."""

    SHORT = "short", N_("Short text")
    LONG = "long", N_("Long text")
    NUMBER = "number", N_("A number")
    SINGLE = "single", N_("One choice")
    MULTIPLE = "multiple", N_("Several choices")
    YESNO = "yesno", N_("Yes or no")
    DATE = "date", N_("Date")
    LINK = "link", N_("Link")
    FILE = "file", N_("File")


class ApplicationState(Word):
    """How far an application has come, as staff read it."""

    DRAFT = "draft", N_("Not sent yet")
    SUBMITTED = "submitted", N_("Received"), "progress"
    IN_REVIEW = "in_review", N_("Being assessed"), "progress"
    OFFERED = "offered", N_("Offer open"), "wait"
    WAITLISTED = "waitlisted", N_("On the waiting list"), "wait"
    ACCEPTED = "accepted", N_("Accepted"), "good"
    UNSUCCESSFUL = "unsuccessful", N_("Unsuccessful"), "bad"
    INELIGIBLE = "ineligible", N_("Outside the terms"), "bad"
    DECLINED = "declined", N_("Offer declined")
    OFFER_LAPSED = "offer_lapsed", N_("Offer expired")
    WITHDRAWN = "withdrawn", N_("Withdrawn")
    LAPSED = "lapsed", N_("Not sent in time")


#: The states in which an organisation still has something going with a call.
LIVE_STATES = (
    ApplicationState.DRAFT,
    ApplicationState.SUBMITTED,
    ApplicationState.IN_REVIEW,
    ApplicationState.OFFERED,
    ApplicationState.WAITLISTED,
    ApplicationState.ACCEPTED,
)


class Outcome(Word):
    """What staff decide about an application."""

    OFFER = "offer", N_("Offer a place"), "good"
    WAITLIST = "waitlist", N_("Waiting list"), "wait"
    UNSUCCESSFUL = "unsuccessful", N_("Not this time"), "bad"
    INELIGIBLE = "ineligible", N_("Outside the terms"), "bad"


class DecisionState(Word):
    """How far a decision has come; the applicant learns of it when it is published."""

    DRAFT = "draft", N_("Prepared"), "wait"
    APPROVED = "approved", N_("Approved, not published"), "progress"
    PUBLISHED = "published", N_("Published"), "good"
    REVOKED = "revoked", N_("Taken back")


class OfferState(Word):
    """What became of an offered place. An open offer holds its place."""

    OPEN = "open", N_("Waiting for an answer"), "wait"
    ACCEPTED = "accepted", N_("Accepted"), "good"
    DECLINED = "declined", N_("Declined")
    LAPSED = "lapsed", N_("Expired")
    REVOKED = "revoked", N_("Taken back")


class ParticipationState(Word):
    """How a company stands in its cohort."""

    ONBOARDING = "onboarding", N_("Starting"), "wait"
    ACTIVE = "active", N_("Taking part"), "progress"
    PAUSED = "paused", N_("Paused"), "wait"
    GRADUATED = "graduated", N_("Graduated"), "good"
    LEFT_EARLY = "left_early", N_("Left early")
    TERMINATED = "terminated", N_("Ended by us"), "bad"


class MilestoneState(Word):
    """How far a milestone has come."""

    PLANNED = "planned", N_("Planned")
    IN_PROGRESS = "in_progress", N_("In progress"), "progress"
    SUBMITTED = "submitted", N_("Submitted"), "wait"
    ACHIEVED = "achieved", N_("Achieved"), "good"
    MISSED = "missed", N_("Missed"), "bad"
    DROPPED = "dropped", N_("Dropped")
