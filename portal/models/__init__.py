"""The one model layer that every room of the portal shares."""

from portal.models.actor import (
    PORTAL as PORTAL,
    Actor as Actor,
    StandIn as StandIn,
    Standing as Standing,
    kind_of as kind_of,
    own as own,
    stand_in as stand_in,
)
from portal.models.base import (
    Base as Base,
    Row as Row,
)
from portal.models.events.delegates import (
    CalendarFeed as CalendarFeed,
    Delegate as Delegate,
    DelegateHistory as DelegateHistory,
    FormerDelegate as FormerDelegate,
    Registration as Registration,
)
from portal.models.events.events import (
    Event as Event,
    Quota as Quota,
    TicketType as TicketType,
    event_tier as event_tier,
    ticket_quota as ticket_quota,
)
from portal.models.events.words import (
    ACTIVE_STATES as ACTIVE_STATES,
    HOLDING_STATES as HOLDING_STATES,
    DelegateState as DelegateState,
    EventPhase as EventPhase,
    EventState as EventState,
    VatCode as VatCode,
)
from portal.models.members.addresses import (
    AddressClaim as AddressClaim,
    Delivery as Delivery,
    EmailAddress as EmailAddress,
    domain_of as domain_of,
)
from portal.models.members.belonging import (
    Exclusion as Exclusion,
    ExclusionState as ExclusionState,
    FormerSuspension as FormerSuspension,
    MembershipNotice as MembershipNotice,
    MembershipTerms as MembershipTerms,
    MembershipTurn as MembershipTurn,
    ResignationTakes as ResignationTakes,
    TierRequest as TierRequest,
    TierRequestState as TierRequestState,
    TierRequestTakes as TierRequestTakes,
)
from portal.models.members.benefits import (
    Benefit as Benefit,
    BenefitUse as BenefitUse,
    BenefitYear as BenefitYear,
)
from portal.models.members.domains import (
    DomainProof as DomainProof,
    OrganisationDomain as OrganisationDomain,
)
from portal.models.members.entering import (
    IssuerIdentity as IssuerIdentity,
    SignInLink as SignInLink,
    UsedAnswer as UsedAnswer,
)
from portal.models.members.factor_words import (
    FactorKind as FactorKind,
    RemovalState as RemovalState,
    SignInWay as SignInWay,
)
from portal.models.members.factors import (
    AuthenticatorApp as AuthenticatorApp,
    FactorRemoval as FactorRemoval,
    Passkey as Passkey,
    RecoveryCode as RecoveryCode,
)
from portal.models.members.imports import (
    ImportOutcome as ImportOutcome,
    ImportRow as ImportRow,
    ImportState as ImportState,
    ImportVerdict as ImportVerdict,
    MemberImport as MemberImport,
)
from portal.models.members.inviting import (
    Invitation as Invitation,
    JoinRequest as JoinRequest,
)
from portal.models.members.joining import (
    DECIDED_JOINING as DECIDED_JOINING,
    OPEN_JOINING as OPEN_JOINING,
    QUEUED_JOINING as QUEUED_JOINING,
    JoiningMessage as JoiningMessage,
    JoiningState as JoiningState,
    JoiningTerms as JoiningTerms,
    MembershipApplication as MembershipApplication,
    PriceBand as PriceBand,
    TierPrice as TierPrice,
)
from portal.models.members.membership import (
    GRACE as GRACE,
    Membership as Membership,
    MembershipEnquiry as MembershipEnquiry,
    MembershipPeriod as MembershipPeriod,
    MembershipTier as MembershipTier,
)
from portal.models.members.merging import (
    MergeRecord as MergeRecord,
    MergeState as MergeState,
)
from portal.models.members.organisations import (
    Affiliation as Affiliation,
    Organisation as Organisation,
    OrganisationService as OrganisationService,
    Tag as Tag,
    organisation_tag as organisation_tag,
)
from portal.models.members.people import (
    ConsentEvent as ConsentEvent,
    LoginSession as LoginSession,
    OneTimeToken as OneTimeToken,
    Person as Person,
    StaffGrant as StaffGrant,
)
from portal.models.members.privacy import (
    AuditRedaction as AuditRedaction,
    ExportState as ExportState,
    MaterialChange as MaterialChange,
    PersonalExport as PersonalExport,
    PrivacyKind as PrivacyKind,
    PrivacyRequest as PrivacyRequest,
    PrivacyState as PrivacyState,
    RetentionRun as RetentionRun,
    RunState as RunState,
)
from portal.models.members.proposals import (
    OrganisationProposal as OrganisationProposal,
    ProposalState as ProposalState,
    Succession as Succession,
    SuccessionCause as SuccessionCause,
    SuccessionState as SuccessionState,
)
from portal.models.members.renewals import (
    RenewalLine as RenewalLine,
    RenewalOutcome as RenewalOutcome,
    RenewalRun as RenewalRun,
    RenewalState as RenewalState,
    RenewalVerdict as RenewalVerdict,
)
from portal.models.members.visibility import (
    Field as Field,
    PersonVisibility as PersonVisibility,
    Reach as Reach,
    Viewer as Viewer,
)
from portal.models.members.words import (
    AffiliationRole as AffiliationRole,
    EndReason as EndReason,
    EnquiryState as EnquiryState,
    InvitationState as InvitationState,
    MembershipStatus as MembershipStatus,
    MembershipYear as MembershipYear,
    NumberKind as NumberKind,
    OrganisationKind as OrganisationKind,
    PersonState as PersonState,
    RequestState as RequestState,
    Service as Service,
    ServiceSide as ServiceSide,
    SizeClass as SizeClass,
    StaffRole as StaffRole,
    TokenPurpose as TokenPurpose,
)
from portal.models.news.articles import (
    Article as Article,
    ArticleRevision as ArticleRevision,
    ArticleSlug as ArticleSlug,
    FormerTag as FormerTag,
    NewsFeed as NewsFeed,
    article_organisation as article_organisation,
    article_tag as article_tag,
)
from portal.models.news.words import (
    ArticlePhase as ArticlePhase,
    ArticleState as ArticleState,
    Audience as Audience,
)
from portal.models.platform import (
    AuditEvent as AuditEvent,
    Cluster as Cluster,
    Counter as Counter,
    Heartbeat as Heartbeat,
    Job as Job,
    MailState as MailState,
    OutgoingMail as OutgoingMail,
    Page as Page,
    PageRevision as PageRevision,
    StoredFile as StoredFile,
    Throttle as Throttle,
)
from portal.models.programmes.applications import (
    Answer as Answer,
    Application as Application,
    ApplicationDecision as ApplicationDecision,
    ApplicationRevision as ApplicationRevision,
    EligibilityCheck as EligibilityCheck,
    Offer as Offer,
    Reminder as Reminder,
)
from portal.models.programmes.calls import (
    Agreement as Agreement,
    Call as Call,
    Cohort as Cohort,
    Criterion as Criterion,
    FormVersion as FormVersion,
    Programme as Programme,
    Question as Question,
    Section as Section,
)
from portal.models.programmes.cohorts import (
    Milestone as Milestone,
    Participation as Participation,
)
from portal.models.programmes.words import (
    LIVE_STATES as LIVE_STATES,
    ApplicationState as ApplicationState,
    CallPhase as CallPhase,
    CallState as CallState,
    CohortState as CohortState,
    DecisionState as DecisionState,
    FormState as FormState,
    MilestoneState as MilestoneState,
    OfferState as OfferState,
    Outcome as Outcome,
    ParticipationState as ParticipationState,
    ProgrammeKind as ProgrammeKind,
    QuestionKind as QuestionKind,
)
from portal.models.search import (
    SearchDocument as SearchDocument,
    SearchWord as SearchWord,
)
