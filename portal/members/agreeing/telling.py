"""What somebody is told whose word is the first of two."""

from flask_babel import gettext as _

from portal.models import Person


def kept_as_first(before: Person | None) -> str:
    """Say that a word is kept as the first, and whose it takes the place of, if anybody’s."""
    if before is None:
        return str(_("Your word is kept. Somebody else has to agree too."))
    told = _(
        "%(name)s may not decide about this any more, so what they said does not count. Your word"
        " is kept as the first; somebody else has to agree too.",
        name=before.name,
    )
    return str(told)


def to_check_anew(before: Person | None) -> str:
    """Say that whoever checked it may not, and what is to be done."""
    told = _(
        "%(name)s may not check this any more, so their check does not count. Make sure yourself"
        " who is asking; somebody else then agrees.",
        name=before.name if before else "",
    )
    return str(told)
