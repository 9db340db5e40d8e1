"""Programmes, calls, applications and decisions that are not public."""

from typing import Any

from portal.models import (
    ApplicationState,
    CallState,
    CohortState,
    DecisionState,
    EligibilityCheck,
    FormState,
    ParticipationState,
)
from tests import factories as make
from tests.factories.base import days
from tests.factories.members import LONG_AGO
from tests.feature.canaries.words import text, word
from tests.feature.canaries.world.cast import Cast


class Programmes(Cast):
    """Programmes, calls, applications and decisions that are not public."""

    def programmes(self) -> None:
        """Make programmes, calls and questions that are not public."""
        manager = self.people.programmes
        self.cohort = make.Cohort(manager=manager, state=CohortState.RUNNING)
        names = {f"{n}_{ln}": "" for n in ("name", "summary", "text") for ln in ("en", "nb")}
        secret = text("programme in the archive")
        make.Programme(
            slug=word("programme in the archive"), archived_at=LONG_AGO,
            **dict.fromkeys(names, secret),
        )  # fmt: skip
        secret = text("call in draft")
        names = {f"{n}_{ln}": "" for n in ("title", "summary", "text") for ln in ("en", "nb")}
        draft = make.Call(
            slug=word("call in draft"), cohort=self.cohort, draft=True, contact=manager,
            **dict.fromkeys(names, secret),
        )  # fmt: skip
        self.call = make.Call(slug="open", cohort=self.cohort, contact=manager)
        make.questions(self.call, "short", "file")
        self.ask(draft, secret)
        self.ask(self.call, text("questions to come"), number=2)

    def ask(self, call: Any, secret: str, *, number: int = 1) -> None:
        """Write questions that are not published yet."""
        form = make.FormVersion(call=call, number=number, state=FormState.DRAFT, published_at=None)
        section = make.Section(
            form_version_id=form.id, position=1, title_en=secret, title_nb=secret
        )
        asked = {"label_en": secret, "label_nb": secret, "help_en": secret, "help_nb": secret}
        make.Question(form_version_id=form.id, section_id=section.id, **asked)

    def applications(self) -> None:
        """Let the applicant's organisation have a draft with a file, and a milestone to reach."""
        draft = make.Application(call=self.call, organisation=self.owner)
        stored = self.file("file of an application", "application", "text/plain", owner_id=draft.id)
        for key, value in (("short", text("answer in a draft")), ("file", str(stored.id))):
            make.Answer(application_id=draft.id, key=key, value=value)
        place = make.Participation(
            cohort=self.cohort, organisation=self.owner, state=ParticipationState.ACTIVE
        )
        told = text("milestone")
        make.Milestone(participation=place, title=told, description=told, evidence=told, note=told)

    def sent(self, number: int, state: str, answer: str) -> Any:
        call = make.Call(
            slug=f"closed-{number}", closed=True, cohort=self.cohort,
            contact=self.people.programmes, state=CallState.PUBLISHED,
        )  # fmt: skip
        form = make.questions(call, "short")
        row = make.Application(
            call=call, organisation=self.owner, state=ApplicationState.of(state),
            submitted_at=days(-2), reference=f"APP-2026-{number:04}",
        )  # fmt: skip
        make.ApplicationRevision(
            application_id=row.id, form_version_id=form.id, answers={"short": answer},
            submitted_by_id=self.people.applicant.id,
        )  # fmt: skip
        term = make.Criterion(call_id=call.id)
        self.put(
            EligibilityCheck(
                application_id=row.id, criterion_id=term.id, met=True, checked_at=days(-1),
                note=text("note of a check"), checked_by_id=self.people.programmes.id,
            )
        )  # fmt: skip
        return row

    def decisions(self) -> None:
        """Let staff have decided, some of it in public."""
        of = {"prepared_by": self.people.programmes, "outcome": "unsuccessful"}
        yes = {"approved_by_id": self.people.boss.id, "approved_at": days(-1)}
        row = self.sent(1, "in_review", text("answer that was sent"))
        prepared = text("decision prepared")
        make.ApplicationDecision(application=row, feedback=prepared, rationale=prepared, **of)
        self.note(row, "note on an application", "application.checked")
        row = self.sent(2, "in_review", "Public.")
        approved = text("decision approved")
        make.ApplicationDecision(
            application=row, feedback=approved, rationale=approved, state=DecisionState.APPROVED,
            **of, **yes,
        )  # fmt: skip
        row = self.sent(3, "unsuccessful", "Public.")
        make.ApplicationDecision(
            application=row, feedback=text("feedback"), rationale=text("rationale"),
            state=DecisionState.PUBLISHED, published_at=days(-1), **of, **yes,
        )  # fmt: skip
