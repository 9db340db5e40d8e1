"""The news room: what everybody reads, what members propose, and what editors do."""

from tests.architecture.matrix import To

# s = stranger, nu = newcomer and unverified, mra = member, representative and administrator of the
# organisation, f = administrator of another, which is no member, PMEDB = staff for programmes,
# membership, events, the editor, administrator of the portal, i = programme team and administrator
# of the organisation.
TABLE = """
#                                     s nu mra f PMEDB i
GET  news.index                       . .. ... . ..... .
GET  news.tag                         . .. ... . ..... .
GET  news.member                      . .. ... . ..... .
GET  news.story                       . .. ... . ..... .
GET  news.story (members)             o oo ... o ..... .
GET  news.story (draft)               o oo ooo o ooooo o  # editors look at it elsewhere
GET  news.story (scheduled)           o oo ooo o ooooo o
GET  news.story (proposed)            o oo ooo o ooooo o
GET  news.news_feed                   . .. ... . ..... .
GET  news.tag_feed                    . .. ... . ..... .
GET  news.member_feed                 . .. ... . ..... .
GET  news.private_feed                . .. ... . ..... .  # whoever has the secret
GET  news.own_feed                    - .x ... . ..... .
POST news.own_feed                    - .x ... . ..... .
POST news.end_feed                    - oo >oo o ooooo o  # only one has one

GET  news.proposals                   - .. ... . ..... .
GET  news.propose                     - xx ... . xxxxx .
POST news.propose                     - xx >>> ? xxxxx >
GET  news.proposal                    - oo ... o ooo.. .
GET  news.proposal (declined)         - oo ... o ooo.. .
GET  news.edit_proposal               - oo ... o oooxx .
POST news.edit_proposal               - oo >>> o oooxx >
GET  news.edit_proposal (declined)    - oo !!! o oooxx !
POST news.withdraw                    - oo >>> o oooxx >
POST news.withdraw (declined)         - oo !!! o oooxx !

GET  news.manage                      - xx xxx x xxx.. x
GET  news.manage (scheduled)          - xx xxx x xxx.. x
GET  news.make_article                - xx xxx x xxx.. x
POST news.make_article                - xx xxx x xxx>> x
GET  news.article                     - xx xxx x xxx.. x
GET  news.article (draft)             - oo ooo o ooo.. o
GET  news.article (revised)           - xx xxx x xxx.. x
GET  news.article (proposed)          - oo xxx o ooo.. x
GET  news.edit_text                   - oo ooo o ooo.. o
POST news.edit_text                   - oo ooo o ooo>> o
POST news.edit_text (archived)        - oo ooo o ooo!! o
GET  news.edit_details                - oo ooo o ooo.. o
POST news.edit_details                - oo ooo o ooo>> o
GET  news.versions                    - oo ooo o ooo.. o
GET  news.version                     - oo ooo o ooo.. o
GET  news.version (second)            - oo ooo o ooo.. o  # a draft of a live article
POST news.submit                      - oo ooo o ooo>> o
POST news.submit (reviewed)           - oo ooo o ooo!! o
GET  news.send_back                   - oo ooo o ooo.. o
POST news.send_back                   - oo ooo o ooo>> o
GET  news.publish                     - oo ooo o ooo.. o
POST news.publish                     - oo ooo o ooo>> o
POST news.publish (draft)             - oo ooo o ooo!! o
GET  news.publish_version             - xx xxx x xxx.. x
POST news.publish_version             - xx xxx x xxx>> x
POST news.publish_version (none)      - xx xxx x xxx!! x
POST news.call_back                   - oo ooo o ooo>> o
POST news.call_back (out)             - xx xxx x xxx!! x
GET  news.archive                     - xx xxx x xxx.. x
POST news.archive                     - xx xxx x xxx>> x
POST news.restore                     - oo ooo o ooo>> o
POST news.take_up                     - oo xxx o ooo>> x
GET  news.decline                     - oo xxx o ooo.. x
POST news.decline                     - oo xxx o ooo>> x

GET  news.tags                        - xx xxx x xxx.. x
GET  news.add_tag                     - xx xxx x xxx.. x
POST news.add_tag                     - xx xxx x xxx>> x
GET  news.edit_tag                    - xx xxx x xxx.. x
POST news.edit_tag                    - xx xxx x xxx>> x
GET  news.merge_tag                   - xx xxx x xxx.. x
POST news.merge_tag                   - xx xxx x xxx>> x

GET  files.show (story)               . .. ... . ..... .
GET  files.show (unpublished)         o oo ooo o ooo.. o
GET  files.small (story)              . .. ... . ..... .
GET  files.small (unpublished)        o oo ooo o ooo.. o
"""

TEXT = {"title": "A ferry", "standfirst": "It sails.", "body": "Words.", "language": "en"}
TAG = {"label_en": "Ferries", "label_nb": "Ferjer"}
LIVE, DRAFT, REVIEW = (
    {"id": "{article_live}"},
    {"id": "{article_draft}"},
    {"id": "{article_review}"},
)
REVISED, PROPOSED = {"id": "{article_revised}"}, {"id": "{article_proposed}"}
DECLINED, GONE = {"id": "{article_declined}"}, {"id": "{article_gone}"}
DETAILS = {"slug": "draft", "language": "nb", "audience": "public", "tier_id": "", "byline": "We"}

WAYS = {
    "news.tag": To(values={"key": "{news_tag}"}),
    "news.member": To(values={"slug": "{own}"}),
    "news.story": To(values={"slug": "live"}),
    "news.story (members)": To(values={"slug": "quiet"}),
    "news.story (draft)": To(values={"slug": "draft"}),
    "news.story (scheduled)": To(values={"slug": "later"}),
    "news.story (proposed)": To(values={"slug": "proposed"}),
    "news.news_feed": To(values={"kind": "atom"}),
    "news.tag_feed": To(values={"key": "{news_tag}", "kind": "rss"}),
    "news.member_feed": To(values={"slug": "{own}", "kind": "json"}),
    "news.private_feed": To(values={"token": "{feed_secret}", "kind": "atom"}),
    "news.propose": To(body=TEXT | {"organisation_id": "{own_id}"}),
    "news.proposal": To(values=PROPOSED),
    "news.proposal (declined)": To(values=DECLINED),
    "news.edit_proposal": To(values=PROPOSED, body=TEXT | {"edited_version": "1"}),
    "news.edit_proposal (declined)": To(values=DECLINED),
    "news.withdraw": To(values=PROPOSED),
    "news.withdraw (declined)": To(values=DECLINED),
    "news.manage (scheduled)": To(query={"phase": "scheduled", "language": "en"}),
    "news.make_article": To(body=TEXT),
    "news.article": To(values=LIVE),
    "news.article (draft)": To(values=DRAFT),
    "news.article (revised)": To(values=REVISED),
    "news.article (proposed)": To(values=PROPOSED),
    "news.edit_text": To(
        values=DRAFT, body=TEXT | {"edited_version": "1", "alternative": "A quay"}
    ),
    "news.edit_text (archived)": To(values=GONE, body=TEXT | {"edited_version": "1"}),
    "news.edit_details": To(values=DRAFT, body=DETAILS | {"edited_version": "1"}),
    "news.versions": To(values=DRAFT),
    "news.version": To(values=DRAFT | {"number": "1"}),
    "news.version (second)": To(values=REVISED | {"number": "2"}),
    "news.submit": To(values=DRAFT),
    "news.submit (reviewed)": To(values=REVIEW),
    "news.send_back": To(values=REVIEW, body={"note": "Shorter."}),
    "news.publish": To(values=REVIEW, body={"at": "", "zone": "Europe/Oslo"}),
    "news.publish (draft)": To(values=DRAFT, body={"at": "", "zone": "Europe/Oslo"}),
    "news.publish_version": To(values=REVISED),
    "news.publish_version (none)": To(values=LIVE),
    "news.call_back": To(values={"id": "{article_later}"}),
    "news.call_back (out)": To(values=LIVE),
    "news.archive": To(values=LIVE),
    "news.restore": To(values=GONE),
    "news.take_up": To(values=PROPOSED),
    "news.decline": To(values=PROPOSED, body={"reason": "Told already."}),
    "news.add_tag": To(body=TAG),
    "news.edit_tag": To(values={"id": "{news_tag_id}"}, body=TAG | {"edited_version": "1"}),
    "news.merge_tag": To(values={"id": "{news_tag_id}"}, body={"into": "{other_tag_id}"}),
    "files.show (story)": To(values={"id": "{shown}"}),
    "files.show (unpublished)": To(values={"id": "{hidden}"}),
    "files.small (story)": To(values={"id": "{shown}"}),
    "files.small (unpublished)": To(values={"id": "{hidden}"}),
}
