"""What lists call the words that we keep, in English and in Norwegian."""

from collections.abc import Mapping

from portal.core.vocabulary import Word
from portal.models import AffiliationRole, OrganisationKind, SizeClass


def calling(words: type[Word], names: Mapping[str, str]) -> dict[str, str]:
    """Return which word each name means: as it is kept, its label, and names between bars."""
    found = {word.value: word.value for word in words}
    found |= {word.label.casefold(): word.value for word in words}
    return found | {name: value for value, listed in names.items() for name in listed.split("|")}


KINDS = (
    OrganisationKind,
    calling(
        OrganisationKind,
        {
            "company": "bedrift|selskap|aksjeselskap|as|asa|ans|enk|firma|business|foretak",
            "startup": "start up|oppstart|oppstartsbedrift|oppstartsselskap|gründerbedrift|"
            "gründerselskap",
            "research": "research|education|university|forskning|utdanning|forskning og utdanning|"
            "forskning eller utdanning|universitet|høyskole|forskningsinstitutt|institutt|"
            "research and education|akademia",
            "public": "public|offentlig|offentlig etat|offentlig virksomhet|kommune|fylkeskommune|"
            "etat|public sector|offentlig organ|offentlig sektor",
            "finance": "finans|bank|investor|kapital",
            "association": "forening|organisasjon|interesseorganisasjon|lag|klynge|cluster|"
            "stiftelse",
            "other": "annet|andre|øvrig",
        },
    ),
)
SIZES = calling(
    SizeClass,
    {
        "micro": "mikro|færre enn 10|færre enn 10 personer|færre enn 10 ansatte|1-9|0-9|under 10|"
        "mindre enn 10 personer",
        "small": "liten|små|10-49|10–49|10 til 49|10 til 49 personer|10 til 49 ansatte",
        "medium": "middels|mellomstor|50-249|50–249|50 til 249|50 til 249 personer|"
        "50 til 249 ansatte",
        "large": "stor|250+|250 eller flere|250 personer eller flere|250 eller flere personer|"
        "250 eller flere ansatte|250 ansatte eller flere|over 250",
    },
)
ROLES = (
    AffiliationRole,
    calling(
        AffiliationRole,
        {
            "administrator": "admin|organisasjonsadministrator",
            "representative": "representant",
            "member": "medlem|kollega|ansatt|employee|colleague|medarbeider",
        },
    ),
)
LANGUAGES = {
    "en": "en", "english": "en", "engelsk": "en", "eng": "en",
    "nb": "nb", "no": "nb", "nn": "nb", "norsk": "nb", "norwegian": "nb", "bokmål": "nb",
    "norsk bokmål": "nb", "nynorsk": "nb", "nor": "nb", "nob": "nb",
}  # fmt: skip
