"""Second factors: showing them, having them, losing them, and who must have them."""

from tests.architecture.matrix import To
from tests.architecture.world.people import PASSWORD

# The columns are those of `members`. The foreign administrator has a passkey, recovery codes, and
# an app that waits for its first code. Nobody is half way in: for whoever is, see
# tests/feature/members/factors/test_half_sessions.py.
TABLE = """
#                                     s nu mra f PMEDB i
GET  members.passkey_challenge        . .. ... . ..... .
POST members.sign_in_with_passkey     ? ?? ??? ? ????? ?
GET  members.second_step              > >> >>> > >>>>> >
POST members.second_step              > >> >>> > >>>>> >
POST members.leave_second_step        > >> >>> > >>>>> >
GET  members.lost_factors             > >> >>> > >>>>> >
POST members.lost_factors             > >> >>> > >>>>> >
GET  members.prove                    - .. ... . ..... .
POST members.prove                    - >> >>> ? >>>>> >
POST members.prove (wrong)            - ?? ??? ? ????? ?
GET  members.prove_challenge          - .. ... . ..... .

GET  members.security                 - .. ... . ..... .
GET  members.new_passkey_challenge    - .x ... . ..... .
GET  members.new_passkey              - .x ... . ..... .
POST members.new_passkey              - ?x ??? ? ????? ?
GET  members.rename_passkey           - oo ooo . ooooo o
POST members.rename_passkey           - oo ooo > ooooo o
POST members.remove_passkey           - oo ooo > ooooo o
POST members.begin_app                - >x >>> > >>>>> >
GET  members.set_up_app               - >x >>> . >>>>> >
POST members.set_up_app               - >x >>> ? >>>>> >
POST members.remove_app               - !! !!! ! !!!!! !
POST members.make_codes               - !x !!! . !!!!! !
GET  members.try_code                 - .x ... . ..... .
POST members.try_code                 - ?x ??? ? ????? ?

GET  members.removals                 - xx xxx x xxxx. x
GET  members.removal                  - oo ooo o oooo. o
GET  members.removal (checked)        - oo ooo o oooo. o
GET  members.check_removal            - oo ooo o oooo. o
POST members.check_removal            - oo ooo o oooo> o
POST members.check_removal (checked)  - oo ooo o oooo! o
POST members.approve_removal          - oo ooo o oooo> o
POST members.approve_removal (early)  - oo ooo o oooo! o
GET  members.decline_removal          - oo ooo o oooo. o
POST members.decline_removal          - oo ooo o oooo> o
GET  members.demand_factors           - xx xxx x xxxx. x
POST members.demand_factors           - xx xxx x xxxx> x
"""

ASKED, CHECKED = {"id": "{removal}"}, {"id": "{removal_checked}"}
PASSKEY = {"id": "{passkey}"}
NOTE = {"note": "I saw her."}

WAYS = {
    "members.sign_in_with_passkey": To(body={"credential": "{{}}"}),
    "members.second_step": To(body={"code": "123456"}, quiet=True),
    "members.leave_second_step": To(quiet=True),
    "members.lost_factors": To(body={"reason": "It is gone."}, quiet=True),
    "members.prove": To(body={"password": PASSWORD}),
    "members.prove (wrong)": To(body={"password": "wrong"}),
    "members.new_passkey": To(body={"name": "Key", "credential": "{{}}"}),
    "members.rename_passkey": To(values=PASSKEY, body={"name": "Key"}),
    "members.remove_passkey": To(values=PASSKEY),
    "members.set_up_app": To(body={"code": "123456"}, quiet=True),  # who began none is led on
    "members.try_code": To(body={"code": "0000-0000-0000-0000"}),
    "members.removal": To(values=ASKED),
    "members.removal (checked)": To(values=CHECKED),
    "members.check_removal": To(values=ASKED, body=NOTE),
    "members.check_removal (checked)": To(values=CHECKED, body=NOTE),
    "members.approve_removal": To(values=CHECKED),
    "members.approve_removal (early)": To(values=ASKED),
    "members.decline_removal": To(values=ASKED, body=NOTE),
    "members.demand_factors": To(body={"demanded": "y", "days": "30"}),
}
