"""Addresses, domains, links that sign in, and others who vouch for people."""

from tests.architecture.matrix import To

# The columns are those of `members`. The foreign administrator has a second address, waits for a
# third to be proven, and has an account of an issuer linked. The newcomer has an address at a
# domain of the organisation, and a link that was asked for in everybody's browser. The one issuer
# is down.
TABLE = """
#                                     s nu mra f PMEDB i
GET  members.addresses                - .x ... . ..... .
GET  members.add_address              - .x ... . ..... .
POST members.add_address              - >x >>> > >>>>> >
GET  members.confirm_claim            - !! !!! . !!!!! !
POST members.confirm_claim            - !! !!! > !!!!! !
POST members.claim_again              - oo ooo > ooooo o
POST members.drop_claim               - oo ooo > ooooo o
POST members.primary_address          - oo ooo > ooooo o
POST members.remove_address           - oo ooo > ooooo o
GET  members.person_addresses         - oo xxx o x.xx. x
POST members.mark_address             - oo ooo x x>xx> x

GET  members.ask_for_link             . .. ... . ..... .
POST members.ask_for_link             > >> >>> > >>>>> >
GET  members.link_sent                . .. ... . ..... .
GET  members.enter_by_link            . .. ... . ..... .
POST members.enter_by_link            > >> >>> > >>>>> >
GET  members.enter_by_link (over)     ! !! !!! ! !!!!! !
GET  members.with_issuer              ! !! !!! ! !!!!! !
GET  members.with_issuer (unknown)    o oo ooo o ooooo o
GET  members.from_issuer              ! !! !!! ! !!!!! !
POST members.from_issuer              ! !! !!! ! !!!!! !
GET  members.unknown_identity         . .. ... . ..... .
GET  members.identities               - .x ... . ..... .
GET  members.link_identity            - !x !!! ! !!!!! !
POST members.unlink_identity          - oo ooo > ooooo o

GET  members.domains                  - oo xx. o x.xx. .
POST members.domains                  - oo xx> o x>xx> >
POST members.verify_domain            - oo xxx o x>xx> x
POST members.remove_domain            - oo xx> o x>xx> >
GET  members.every_domain             - xx xxx x x.xx. x
GET  members.ask_by_domain            - .o ooo o ooooo o
POST members.ask_by_domain            - >o ooo o ooooo o
"""

CLAIM, SECOND = {"id": "{claim}"}, {"id": "{second}"}
LOCAL, DOMAIN = {"key": "local"}, {"slug": "{own}", "id": "{domain}"}

WAYS = {
    "members.add_address": To(body={"email": "third@data.example"}),
    "members.confirm_claim": To(values={"token": "{claim_token}"}),
    "members.claim_again": To(values=CLAIM),
    "members.drop_claim": To(values=CLAIM),
    "members.primary_address": To(values=SECOND),
    "members.remove_address": To(values=SECOND),
    "members.person_addresses": To(values={"id": "{member}"}),
    "members.mark_address": To(
        values={"id": "{foreign}", "address_id": "{second}", "mark": "unreachable"}
    ),
    "members.ask_for_link": To(body={"email": "member@data.example"}, quiet=True),
    "members.enter_by_link": To(values={"token": "{link_token}"}),
    "members.enter_by_link (over)": To(values={"token": "of-yesterday"}),
    "members.with_issuer": To(values=LOCAL),
    "members.with_issuer (unknown)": To(values={"key": "unheard-of"}),
    "members.from_issuer": To(values=LOCAL, body={"code": "x", "state": "x"}),
    "members.unknown_identity": To(values=LOCAL),
    "members.link_identity": To(values=LOCAL),
    "members.unlink_identity": To(values={"id": "{identity}"}),
    "members.domains": To(values={"slug": "{own}"}, body={"domain": "another.example"}),
    "members.verify_domain": To(values=DOMAIN),
    "members.remove_domain": To(values=DOMAIN),
    "members.ask_by_domain": To(values={"slug": "{own}"}, body={"message": "I am new."}),
}
