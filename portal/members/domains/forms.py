"""The form for a domain."""

from flask_babel import lazy_gettext as _
from wtforms.validators import InputRequired

from portal.members.domains import rules
from portal.members.forms.fields import line_field
from portal.web.forms import BlankForm


class DomainForm(BlankForm):
    """A domain of an organisation."""

    domain = line_field(
        _("Domain"),
        InputRequired(_("Write a domain.")),
        most=253,
        description=_("As it stands behind the @ of your addresses, such as firma.no."),
        filters=[rules.tidied],
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )
