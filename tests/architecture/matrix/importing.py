"""Lists of members that staff import, and the list that they download."""

from tests.architecture.matrix import To

# s = stranger, nu = newcomer and unverified, mra = member, representative and administrator of the
# organisation, f = administrator of another, PMEDB = staff for programmes, membership, events, the
# editor, administrator of the portal, i = programme team and administrator of the organisation.
TABLE = """
#                                      s nu mra f PMEDB i
GET  members.imports                   - xx xxx x x.xx. x
GET  members.new_import                - xx xxx x x.xx. x
POST members.new_import                - xx xxx x x>xx> x
POST members.new_import (nothing)      - xx xxx x x?xx? x
GET  members.import_columns            - oo ooo o o.oo. o
GET  members.import_columns (written)  - oo ooo o o>oo> o
POST members.import_columns            - oo ooo o o>oo> o
POST members.import_columns (header)   - oo ooo o o>oo> o
POST members.import_columns (written)  - oo ooo o o!oo! o
GET  members.member_import             - oo ooo o o.oo. o
GET  members.member_import (fresh)     - oo ooo o o>oo> o
GET  members.member_import (new)       - oo ooo o o.oo. o
GET  members.member_import (checking)  - oo ooo o o.oo. o
GET  members.member_import (written)   - oo ooo o o.oo. o
GET  members.member_import (refused)   - oo ooo o o.oo. o
POST members.confirm_import            - oo ooo o o>oo> o
POST members.confirm_import (late)     - oo ooo o o!oo! o
POST members.discard_import            - oo ooo o o>oo> o
POST members.discard_import (written)  - oo ooo o o!oo! o
GET  members.import_refused            - oo ooo o o.oo. o
GET  members.export_members            - xx xxx x x.xx. x
"""

READY, WRITTEN = {"id": "{import_ready}"}, {"id": "{import_written}"}
COLUMNS = {
    "column_0": "display_name", "column_1": "place", "header": "1", "kind": "company",
    "size": "micro", "country": "NO", "role": "member", "language": "nb", "listed": "y",
}  # fmt: skip

WAYS = {
    "members.new_import": To(body={"file": b"Name;Town\r\nNewly listed;Bergen\r\n"}),
    "members.new_import (nothing)": To(),
    "members.import_columns": To(values={"id": "{import_fresh}"}, body=COLUMNS),
    "members.import_columns (header)": To(
        values={"id": "{import_fresh}"}, body=COLUMNS | {"header": "2"}
    ),
    "members.import_columns (written)": To(values=WRITTEN, body=COLUMNS),
    "members.member_import": To(values=READY),
    "members.member_import (fresh)": To(values={"id": "{import_fresh}"}),
    "members.member_import (new)": To(values=READY, query={"show": "new"}),
    "members.member_import (checking)": To(values={"id": "{import_checking}"}),
    "members.member_import (written)": To(values=WRITTEN),
    "members.member_import (refused)": To(values=WRITTEN, query={"show": "refused"}),
    "members.confirm_import": To(values=READY, body={"edited_version": "{import_version}"}),
    "members.confirm_import (late)": To(values=READY, body={"edited_version": "77"}),
    "members.discard_import": To(values=READY),
    "members.discard_import (written)": To(values=WRITTEN),
    "members.import_refused": To(values=WRITTEN, query={"kind": "xlsx"}),
}
