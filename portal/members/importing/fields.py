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


#: Key, label, what it is about, and headings between bars.
TABLE = (
    (
        "display_name", N_("Name of the organisation"), ORGANISATION,
        "name|organisation|organization|company|company name|organisation name|member|member name|"
        "navn|organisasjon|organisasjonsnavn|bedrift|bedriftsnavn|firma|firmanavn|selskap|"
        "selskapsnavn|virksomhet|medlem|medlemsnavn|medlemsbedrift|kunde|kundenavn|"
        "navn på organisasjonen|organisasjonens navn",
    ),
    (
        "legal_name", N_("Full legal name"), ORGANISATION,
        "legal name|registered name|juridisk navn|registrert navn|foretaksnavn|fullt juridisk navn",
    ),
    (
        "number", N_("Organisation number"), ORGANISATION,
        "number|org no|organization number|registration number|company number|org nr|orgnr|"
        "orgnummer|organisasjonsnr|organisasjonsnummer|org nummer|foretaksnummer|mva nr|mva nummer",
    ),
    ("country", N_("Country"), ORGANISATION, "country code|land|landkode"),
    (
        "kind", N_("Kind of organisation"), ORGANISATION,
        "kind|type|organisation type|type of organisation|type organisasjon|organisasjonstype|"
        "slags organisasjon|slag organisasjon",
    ),
    (
        "size", N_("How many people work there"), ORGANISATION,
        "size|employees|number of employees|size class|størrelse|ansatte|antall ansatte|"
        "hvor mange som jobber der",
    ),
    (
        "place", N_("Town"), ORGANISATION, "city|place|municipality|by|sted|poststed|kommune"
    ),
    (
        "website", N_("Website"), ORGANISATION,
        "web|url|www|homepage|nettside|nettsted|hjemmeside|webside|nettadresse",
    ),
    (
        "standfirst", N_("In one sentence"), ORGANISATION,
        "short description|kort om|kort beskrivelse|med en setning|i én setning",
    ),
    (
        "person_name", N_("Name of the person"), PERSON,
        "person|full name|contact|contact person|contact name|fullt navn|kontakt|kontaktperson|"
        "kontaktnavn|representant|ansatt|navn på personen|personens navn",
    ),
    ("given_name", N_("First name"), PERSON, "given name|fornavn"),
    ("family_name", N_("Last name"), PERSON, "surname|family name|etternavn"),
    (
        "email", N_("E-mail"), PERSON,
        "e-mail address|email address|mail|e-post|epost|e-postadresse|epostadresse|mailadresse",
    ),
    (
        "phone", N_("Phone"), PERSON,
        "phone number|telephone|mobile|mobile phone|cell|telefon|telefonnummer|telefonnr|tlf|"
        "tlf nr|mobil|mobilnr|mobilnummer|mobiltelefon",
    ),
    ("role", N_("Role"), PERSON, "rolle"),
    (
        "title", N_("Job title"), PERSON,
        "title|position|tittel|stilling|stillingstittel|jobbtittel",
    ),
    ("language", N_("Language"), PERSON, "språk|målform"),
    (
        "tier", N_("Kind of membership"), MEMBERSHIP,
        "membership|tier|level|membership type|membership tier|medlemskap|medlemstype|"
        "medlemskategori|medlemsnivå|nivå|kategori|type medlemskap|slags medlemskap",
    ),
    (
        "from_on", N_("First day of membership"), MEMBERSHIP,
        "first day|from|start|start date|member since|fra|fra dato|fra og med|startdato|innmeldt|"
        "medlem fra|medlem siden|første dag|gyldig fra|første dag med medlemskap",
    ),
    (
        "last_on", N_("Last day of membership"), MEMBERSHIP,
        "last day|to|until|end|end date|expires|til|til dato|til og med|sluttdato|siste dag|"
        "gyldig til|utløper|siste dag med medlemskap",
    ),
)  # fmt: skip

FIELDS = tuple(
    Field(key=key, label=label, group=group, names=tuple(names.split("|")))
    for key, label, group, names in TABLE
)
BY_KEY = {each.key: each for each in FIELDS}
