"""Who is asking, with the rights that they have at this moment."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Uuid, bindparam, true

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
    """A person signed in. Rights are read afresh for every request and never stored.

    `proved_at` is when they last proved who they are, `factor_since` since when they have a second
    factor, and `factor_by` until when they have to set one up, where their role asks for one. Who
    let that day pass is `barred`: their roles count for nothing until they have one.
    """

    id: UUID
    name: str
    email: str = ""
    language: str = "en"
    staff: frozenset[StaffRole] = frozenset()
    standings: tuple[Standing, ...] = ()
    acting_id: UUID | None = None
    session_id: UUID | None = None
    verified: bool = True
    proved_at: datetime | None = None
    factor_since: datetime | None = None
    factor_by: datetime | None = None
    barred: bool = False

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

    def is_outside(self, organisation_id: Any) -> ColumnElement[bool]:
        """Return what is true of a column where it holds no organisation of this person's."""
        ids = self.organisation_ids
        return true() if isinstance(ids, tuple) and not ids else organisation_id.not_in(ids)

    @property
    def represented_ids(self) -> tuple[UUID, ...]:
        """The organisations that this person may bind."""
        return tuple(id for id in self.organisation_ids if self.represents(id))

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


@dataclass(frozen=True, kw_only=True)
class StandIn(Actor):
    """Somebody of the same rights, with gaps where their own keys would be.

    A statement that is made through `visible_to` with a stand-in is made once for all people of
    its kind; whoever runs it fills the gaps with `own(actor)`. `breadth` is how many gaps there
    are for organisations; without it there may be any number, which has to be written into the
    statement each time that it runs.
    """

    breadth: int | None = None

    @property
    def organisation_ids(self) -> Any:
        """The gaps."""
        return self.gaps("own")

    @property
    def represented_ids(self) -> Any:
        """The gaps."""
        return self.gaps("own_represented")

    def gaps(self, name: str) -> Any:
        """Return as many gaps as there may be organisations."""
        if self.breadth is None:
            return bindparam(f"{name}_ids", expanding=True)
        return tuple(bindparam(f"{name}_{n}", type_=Uuid()) for n in range(max(1, self.breadth)))

    def is_outside(self, organisation_id: Any) -> ColumnElement[bool]:
        """Return what is true of a column; who has no organisation is outside of all."""
        return true() if self.breadth == 0 else super().is_outside(organisation_id)


#: What stands in a gap that is left over. No organisation has this key.
NOBODY = UUID(int=0)


@cache
def stand_in(staff: frozenset[StaffRole], *, breadth: int | None = None) -> StandIn:
    """Return the stand-in for everybody with these staff roles."""
    gap: Any = bindparam("own_id", type_=Uuid())
    acting: Any = bindparam("own_acting_id", type_=Uuid())
    return StandIn(id=gap, acting_id=acting, name="", staff=staff, breadth=breadth)


def kind_of(actor: Actor) -> StandIn:
    """Return the stand-in for everybody with the rights of a person and as many organisations."""
    return stand_in(actor.staff, breadth=len(actor.standings))


def own(actor: Actor) -> dict[str, Any]:
    """Return what fills the gaps of a statement that was made with a stand-in."""
    member, binding = actor.organisation_ids, actor.represented_ids
    given = {
        "own_ids": member,
        "own_represented_ids": binding,
        "own_id": actor.id,
        "own_acting_id": actor.acting_id,
    }
    for n in range(max(1, len(member))):
        given[f"own_{n}"] = member[n] if n < len(member) else NOBODY
        given[f"own_represented_{n}"] = binding[n] if n < len(binding) else NOBODY
    return given


#: The portal itself, when a job does what a date demands. It holds no role and no id of a person.
PORTAL = Actor(id=UUID(int=0), name="")
