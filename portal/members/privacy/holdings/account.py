"""What the members' room keeps of an account, and of signing in with it."""

from portal.core.wording import N_
from portal.members.privacy.holdings.passing import going
from portal.members.privacy.holdings.reasons import ENDS, PROOF
from portal.models import (
    AddressClaim,
    AuthenticatorApp,
    ConsentEvent,
    EmailAddress,
    FactorRemoval,
    IssuerIdentity,
    LoginSession,
    OneTimeToken,
    PageRevision,
    Passkey,
    Person,
    PersonVisibility,
    RecoveryCode,
    SignInLink,
    Throttle,
)
from portal.models.members.addresses import Delivery
from portal.platform.personal import Fate, Holding, by, speaking_of

ACCOUNT = (
    Holding(
        key="account",
        label=N_("The account: name, address, phone"),
        model=Person,
        mine=lambda whose: Person.id == whose.id,
        told=(
            Person.name, Person.email, Person.phone, Person.language, Person.state,
            Person.created_at, Person.verified_at, Person.last_signed_in_at,
        ),
        fate=Fate.NAMELESS,
        because=N_("Other rows hang on it. No name, address, phone or password is left."),
    ),
    Holding(
        key="addresses",
        label=N_("E-mail addresses"),
        model=EmailAddress,
        keys=(EmailAddress.person_id,),
        mine=by(EmailAddress.person_id),
        told=(
            EmailAddress.address, EmailAddress.is_primary, EmailAddress.verified_at,
            EmailAddress.delivery, EmailAddress.created_at,
        ),
        fate=Fate.NAMELESS,
        because=N_("One stays, which leads nowhere, so that nobody can take the account over."),
        empties={
            "refusal": "", "delivery": Delivery.FINE, "unreachable_since": None,
            "verified_at": None,
        },
    ),
    going(
        "address_claims", N_("Addresses that were never proven"), AddressClaim,
        AddressClaim.address, AddressClaim.created_at, AddressClaim.expires_at,
    ),
    going(
        "visibility", N_("Who sees which of their details"), PersonVisibility,
        PersonVisibility.name, PersonVisibility.email, PersonVisibility.phone,
    ),
    Holding(
        key="consents",
        label=N_("Texts that they accepted"),
        model=ConsentEvent,
        keys=(ConsentEvent.person_id,),
        mine=by(ConsentEvent.person_id),
        told=(
            PageRevision.page_key.label("text"), PageRevision.number.label("text_version"),
            PageRevision.title_en.label("title"), ConsentEvent.at,
        ),
        beside=lambda rows: rows.join(
            PageRevision, PageRevision.id == ConsentEvent.revision_id
        ),
        fate=Fate.KEPT,
        because=PROOF,
    ),
)  # fmt: skip

SIGNING_IN = (
    going(
        "sessions", N_("Browsers that they signed in with"), LoginSession,
        LoginSession.way, LoginSession.factor, LoginSession.authenticated_at, LoginSession.seen_at,
        LoginSession.ended_at, LoginSession.end_reason, LoginSession.browser,
        LoginSession.address_prefix,
    ),
    going(
        "passkeys", N_("Passkeys"), Passkey,
        Passkey.name, Passkey.created_at, Passkey.last_used_at, Passkey.synced,
    ),
    going(
        "authenticator_apps", N_("Authenticator apps"), AuthenticatorApp,
        AuthenticatorApp.created_at, AuthenticatorApp.confirmed_at,
    ),
    going(
        "recovery_codes", N_("Recovery codes"), RecoveryCode,
        RecoveryCode.created_at, RecoveryCode.active_at, RecoveryCode.used_at,
    ),
    going(
        "factor_removals", N_("Requests to have lost passkeys and apps taken away"), FactorRemoval,
        FactorRemoval.reason, FactorRemoval.state, FactorRemoval.created_at,
        FactorRemoval.closed_at,
    ),
    going(
        "sign_in_links", N_("Links that sign them in"), SignInLink,
        SignInLink.created_at, SignInLink.expires_at, SignInLink.used_at,
    ),
    going(
        "identities", N_("Accounts elsewhere that they sign in with"), IssuerIdentity,
        IssuerIdentity.issuer, IssuerIdentity.subject, IssuerIdentity.claimed,
        IssuerIdentity.created_at, IssuerIdentity.last_used_at,
    ),
    going(
        "links", N_("Links of letters that work once"), OneTimeToken,
        OneTimeToken.purpose, OneTimeToken.created_at, OneTimeToken.expires_at,
        OneTimeToken.used_at,
    ),
    Holding(
        key="throttles",
        label=N_("How often something was tried with their address"),
        model=Throttle,
        mine=speaking_of(Throttle.key),
        fate=Fate.DELETED,
        because=ENDS,
    ),
)  # fmt: skip
