"""The site: home, plain pages, set-up, administration, what machines ask for, files."""

from tests.architecture.matrix import To

TABLE = """
#                                     s nu mra f PMEDB i
GET  site.home                        . .. ... . ..... .
GET  site.desk                        - .. ... . ..... .
GET  site.components                  o oo ooo o ooooo o  # only where the portal is built
GET  site.page                        . .. ... . ..... .
GET  site.pages                       - xx xxx x xxx.. x
GET  site.edit_page                   - xx xxx x xxx.. x
POST site.edit_page                   - xx xxx x xxx>> x
GET  site.revisions                   - xx xxx x xxx.. x
GET  site.revision                    - oo ooo o ooo.. o
GET  site.admin                       - xx xxx x ..... .
GET  site.failed_jobs                 - xx xxx x xxxx. x
POST site.retry                       - oo ooo o oooo> o
GET  site.setup                       ! !! !!! ! !!!!! !  # once, and that was long ago
POST site.setup                       ! !! !!! ! !!!!! !
GET  site.edit_cluster                - xx xxx x xxxx. x
POST site.edit_cluster                - xx xxx x xxxx> x
GET  site.mailbox                     o oo ooo o ooooo o  # only in the demo
GET  site.letter                      o oo ooo o ooooo o
GET  site.letter_html                 o oo ooo o ooooo o
GET  site.sitemap                     . .. ... . ..... .
GET  site.robots                      . .. ... . ..... .
GET  site.favicon                     > >> >>> > >>>>> >
GET  site.manifest                    . .. ... . ..... .
POST site.set_language                > >> >>> > >>>>> >
POST site.set_theme                   > >> >>> > >>>>> >

GET  files.show                       o oo ... o .ooo. .  # of a draft
GET  files.show (logo)                . .. ... . ..... .
GET  files.small                      o oo ... o .ooo. .  # of a draft
GET  files.small (logo)               . .. ... . ..... .

GET  health.healthz                   . .. ... . ..... .
GET  health.readyz                    z zz zzz z zzzzz z  # no worker runs here
"""

PAGE = {"key": "about"}
WORDS = {"title_en": "We", "title_nb": "Vi", "body_en": "Words.", "body_nb": "Ord."}
CLUSTER = {
    "name": "Other", "place": "Bergen", "sender_address": "post@data.example", "language": "nb",
    "zone": "Europe/Oslo",
}  # fmt: skip

WAYS = {
    "site.page": To(values=PAGE),
    "site.edit_page": To(values=PAGE, body=WORDS | {"edited_version": "1"}),
    "site.revisions": To(values=PAGE),
    "site.revision": To(values=PAGE | {"number": "1"}),
    "site.retry": To(values={"id": "{job}"}),
    "site.setup": To(
        body=CLUSTER
        | {"code": "AAAA-BBBB-CCCC-DDDD", "person_name": "Kari", "email": "kari@new.example"}
        | {"password": "nine violet umbrellas sing", "again": "nine violet umbrellas sing"}
    ),
    "site.edit_cluster": To(body=CLUSTER | {"edited_version": "1"}),
    "site.letter": To(values={"id": "{letter}"}),
    "site.letter_html": To(values={"id": "{letter}"}),
    "site.set_language": To(body={"language": "nb"}, guarded="origin", quiet=True),
    "site.set_theme": To(body={"theme": "dark"}, guarded="origin", quiet=True),
    "files.show": To(values={"id": "{file}"}),
    "files.show (logo)": To(values={"id": "{logo}"}),
    "files.small": To(values={"id": "{file}"}),
    "files.small (logo)": To(values={"id": "{logo}"}),
}
