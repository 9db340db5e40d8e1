"""The words of the members' room."""

from portal.core.vocabulary import Word
from portal.core.wording import N_


class PersonState(Word):
    """Whether somebody may sign in."""

    ACTIVE = "active", N_("Active"), "good"
    BLOCKED = "blocked", N_("Blocked"), "bad"
    CLOSED = "closed", N_("Closed")


class StaffRole(Word):
    """What somebody does for the cluster."""

    PROGRAMMES = "programmes", N_("Programmes")
    EVENTS = "events", N_("Events")
    EDITOR = "editor", N_("Editor")
    MEMBERSHIP = "membership", N_("Membership")
    ADMINISTRATOR = "administrator", N_("Administrator")


class AffiliationRole(Word):
    """What somebody is in an organisation."""

    ADMINISTRATOR = "administrator", N_("Administrator")
    REPRESENTATIVE = "representative", N_("Representative")
    MEMBER = "member", N_("Member")


class TokenPurpose(Word):
    """What a link in a mail may be used for, once."""

    VERIFY = "verify", N_("Confirm an e-mail address")
    RESET = "reset", N_("Choose a new password")
    SETUP = "setup", N_("Open an empty portal")


class InvitationState(Word):
    """What became of an invitation; expiry is a date, not a state."""

    PENDING = "pending", N_("Waiting for an answer"), "wait"
    ACCEPTED = "accepted", N_("Accepted"), "good"
    DECLINED = "declined", N_("Declined")
    REVOKED = "revoked", N_("Withdrawn")


class RequestState(Word):
    """What became of a request to join an organisation."""

    OPEN = "open", N_("Waiting for an answer"), "wait"
    ACCEPTED = "accepted", N_("Accepted"), "good"
    DECLINED = "declined", N_("Declined"), "bad"
    WITHDRAWN = "withdrawn", N_("Withdrawn")


class OrganisationKind(Word):
    """What an organisation is."""

    COMPANY = "company", N_("Company")
    STARTUP = "startup", N_("Start-up")
    RESEARCH = "research", N_("Research or education")
    PUBLIC = "public", N_("Public body")
    FINANCE = "finance", N_("Finance")
    ASSOCIATION = "association", N_("Association")
    OTHER = "other", N_("Other")


class SizeClass(Word):
    """How large an organisation is, in the European Union's classes (2003/361/EC), by employees."""

    MICRO = "micro", N_("Fewer than 10 people")
    SMALL = "small", N_("10 to 49 people")
    MEDIUM = "medium", N_("50 to 249 people")
    LARGE = "large", N_("250 people or more")


class Service(Word):
    """What organisations do for one another: a list to choose from, for offers and wishes alike."""

    ADVICE = "advice", N_("Advice and consulting")
    CAPITAL = "capital", N_("Capital and funding")
    CLOUD = "cloud", N_("Cloud and infrastructure")
    CONTENT = "content", N_("Content and production")
    DATA = "data", N_("Data and artificial intelligence")
    DESIGN = "design", N_("Design and user experience")
    EQUIPMENT = "equipment", N_("Equipment and hardware")
    EXPORT = "export", N_("Export and market entry")
    GRAPHICS = "graphics", N_("Graphics and visual effects")
    INTEGRATION = "integration", N_("Installation and integration")
    LAW = "law", N_("Law, rights and licences")
    MARKETING = "marketing", N_("Marketing and sales")
    PILOTS = "pilots", N_("Pilots and testing")
    PREMISES = "premises", N_("Premises and studios")
    RECRUITMENT = "recruitment", N_("Recruitment and staffing")
    RESEARCH = "research", N_("Research and development")
    SOFTWARE = "software", N_("Software development")
    STREAMING = "streaming", N_("Streaming and distribution")
    TRAINING = "training", N_("Training and education")


class ServiceSide(Word):
    """Whether an organisation has a service to give, or wants one."""

    OFFERED = "offered", N_("Services offered")
    SOUGHT = "sought", N_("Services sought")


class NumberKind(Word):
    """Where an organisation is registered."""

    NORWEGIAN = "norwegian", N_("Norwegian organisation number")
    FOREIGN = "foreign", N_("Foreign registration number")
    NONE = "none", N_("Not registered yet")


class MembershipStatus(Word):
    """How a membership stands on a day. Never stored: a function of its dates."""

    UPCOMING = "upcoming", N_("Starts later"), "wait"
    ACTIVE = "active", N_("Active"), "good"
    GRACE = "grace", N_("Renewal due"), "wait"
    SUSPENDED = "suspended", N_("Suspended"), "bad"
    LAPSED = "lapsed", N_("Lapsed")
    RESIGNED = "resigned", N_("Resigned")
    EXCLUDED = "excluded", N_("Excluded"), "bad"
    ENDED = "ended", N_("Ended")


class MembershipYear(Word):
    """How long the periods of a membership are."""

    CALENDAR = "calendar", N_("The calendar year")
    TWELVE_MONTHS = "twelve_months", N_("Twelve months from the first day")


class EndReason(Word):
    """Why a membership ended."""

    RESIGNED = "resigned", N_("Resigned")
    LAPSED = "lapsed", N_("Lapsed")
    EXCLUDED = "excluded", N_("Excluded")
    MERGED = "merged", N_("Merged with another organisation")
    DISSOLVED = "dissolved", N_("Dissolved")


class EnquiryState(Word):
    """What became of a wish to join the cluster."""

    NEW = "new", N_("New"), "wait"
    TAKEN = "taken", N_("Being answered"), "progress"
    ANSWERED = "answered", N_("Answered"), "good"
    CLOSED = "closed", N_("Closed")
