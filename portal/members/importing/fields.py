"""What a list may tell of organisations, people and memberships, and what its columns are called.

A row tells of an organisation, of a person in it, and of the organisation's membership, or of
only one or two of them.
"""

from dataclasses import dataclass

from portal.core.wording import N_


@dataclass(frozen=True, kw_only=True)
class Field:
    """Something that a column may hold. `names` are headings it is known by, beside its label."""

    key: str
    label: str
    group: str
    names: tuple[str, ...]


ORGANISATION, PERSON, MEMBERSHIP = N_("Organisation"), N_("Person"), N_("Membership")
GROUPS = (ORGANISATION, PERSON, MEMBERSHIP)


def field(key: str, label: str, group: str, names: str) -> Field:
    """Make a field from its headings, one after the other between bars."""
    return Field(key=key, label=label, group=group, names=tuple(names.split("|")))


FIELDS = (
    field(
        "display_name", N_("Name of the organisation"), ORGANISATION,
        "name|organisation|organization|company|company name|organisation name|member|member name|"
        "navn|organisasjon|organisasjonsnavn|bedrift|bedriftsnavn|firma|firmanavn|selskap|"
        "selskapsnavn|virksomhet|medlem|medlemsnavn|medlemsbedrift|kunde|kundenavn|"
        "navn på organisasjonen|organisasjonens navn",
    ),
    field(
        "legal_name", N_("Full legal name"), ORGANISATION,
        "legal name|registered name|juridisk navn|registrert navn|foretaksnavn|fullt juridisk navn",
    ),
    field(
        "number", N_("Organisation number"), ORGANISATION,
        "number|org no|organization number|registration number|company number|org nr|orgnr|"
        "orgnummer|organisasjonsnr|organisasjonsnummer|org nummer|foretaksnummer|mva nr|mva nummer",
    ),
    field("country", N_("Country"), ORGANISATION, "country code|land|landkode"),
    field(
        "kind", N_("Kind of organisation"), ORGANISATION,
        "kind|type|organisation type|type of organisation|type organisasjon|organisasjonstype|"
        "slags organisasjon|slag organisasjon",
    ),
    field(
        "size", N_("How many people work there"), ORGANISATION,
        "size|employees|number of employees|size class|størrelse|ansatte|antall ansatte|"
        "hvor mange som jobber der",
    ),
    field(
        "place", N_("Town"), ORGANISATION, "city|place|municipality|by|sted|poststed|kommune"
    ),
    field(
        "website", N_("Website"), ORGANISATION,
        "web|url|www|homepage|nettside|nettsted|hjemmeside|webside|nettadresse",
    ),
    field(
        "standfirst", N_("In one sentence"), ORGANISATION,
        "short description|kort om|kort beskrivelse|med en setning|i én setning",
    ),
    field(
        "person_name", N_("Name of the person"), PERSON,
        "person|full name|contact|contact person|contact name|fullt navn|kontakt|kontaktperson|"
        "kontaktnavn|representant|ansatt|navn på personen|personens navn",
    ),
    field("given_name", N_("First name"), PERSON, "given name|fornavn"),
    field("family_name", N_("Last name"), PERSON, "surname|family name|etternavn"),
    field(
        "email", N_("E-mail"), PERSON,
        "e-mail address|email address|mail|e-post|epost|e-postadresse|epostadresse|mailadresse",
    ),
    field(
        "phone", N_("Phone"), PERSON,
        "phone number|telephone|mobile|mobile phone|cell|telefon|telefonnummer|telefonnr|tlf|"
        "tlf nr|mobil|mobilnr|mobilnummer|mobiltelefon",
    ),
    field("role", N_("Role"), PERSON, "rolle"),
    field(
        "title", N_("Job title"), PERSON,
        "title|position|tittel|stilling|stillingstittel|jobbtittel",
    ),
    field("language", N_("Language"), PERSON, "språk|målform"),
    field(
        "tier", N_("Kind of membership"), MEMBERSHIP,
        "membership|tier|level|membership type|membership tier|medlemskap|medlemstype|"
        "medlemskategori|medlemsnivå|nivå|kategori|type medlemskap|slags medlemskap",
    ),
    field(
        "from_on", N_("First day of membership"), MEMBERSHIP,
        "first day|from|start|start date|member since|fra|fra dato|fra og med|startdato|innmeldt|"
        "medlem fra|medlem siden|første dag|gyldig fra|første dag med medlemskap",
    ),
    field(
        "last_on", N_("Last day of membership"), MEMBERSHIP,
        "last day|to|until|end|end date|expires|til|til dato|til og med|sluttdato|siste dag|"
        "gyldig til|utløper|siste dag med medlemskap",
    ),
)  # fmt: skip

BY_KEY = {each.key: each for each in FIELDS}
