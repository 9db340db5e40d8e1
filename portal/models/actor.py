"""Who is asking, with the rights that they have at this moment."""

from dataclasses import dataclass
from uuid import UUID

from portal.models.members.words import AffiliationRole, StaffRole


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What somebody is in one organisation now."""

    organisation_id: UUID
    organisation_name: str
    slug: str
    role: AffiliationRole
    confirmed: bool = True


@dataclass(frozen=True, kw_only=True)
class Actor:
    """A person signed in. Rights are read afresh for every request and never stored."""

    id: UUID
    name: str
    email: str = ""
    language: str = "en"
    staff: frozenset[StaffRole] = frozenset()
    standings: tuple[Standing, ...] = ()
    acting_id: UUID | None = None
    session_id: UUID | None = None
    verified: bool = True

    @property
    def acting(self) -> Standing | None:
        """The organisation that this person acts for: the chosen one, else the first."""
        chosen = [s for s in self.standings if s.organisation_id == self.acting_id]
        return next(iter(chosen or self.standings), None)

    @property
    def is_staff_of_any(self) -> bool:
        """Whether this person works for the cluster in any role."""
        return bool(self.staff)

    @property
    def organisation_ids(self) -> tuple[UUID, ...]:
        """The organisations that this person belongs to."""
        return tuple(standing.organisation_id for standing in self.standings)

    def works_on(self, role: StaffRole) -> bool:
        """Whether this person holds a staff role; administrators hold them all."""
        return role in self.staff or StaffRole.ADMINISTRATOR in self.staff

    def role_in(self, organisation_id: UUID | None) -> AffiliationRole | None:
        """What this person is in an organisation, if anything."""
        roles = (s.role for s in self.standings if s.organisation_id == organisation_id)
        return next(roles, None)

    def belongs_to(self, organisation_id: UUID | None) -> bool:
        """Whether this person may edit drafts for an organisation."""
        return self.role_in(organisation_id) is not None

    def represents(self, organisation_id: UUID | None) -> bool:
        """Whether this person may bind an organisation: submit, accept, withdraw."""
        return self.role_in(organisation_id) in {
            AffiliationRole.REPRESENTATIVE,
            AffiliationRole.ADMINISTRATOR,
        }

    def administers(self, organisation_id: UUID | None) -> bool:
        """Whether this person manages the people and the page of an organisation."""
        return self.role_in(organisation_id) is AffiliationRole.ADMINISTRATOR


#: The portal itself, when a job does what a date demands. It holds no role and no id of a person.
PORTAL = Actor(id=UUID(int=0), name="")
