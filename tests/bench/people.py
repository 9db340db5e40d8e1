"""The pages that a million people make long: accounts, members, registers, and what waits."""

from collections.abc import Mapping

from tests.bench.measuring import Page
from tests.bench.pages import ON_A_DESK, SIGNED_IN


def pages(known: Mapping[str, str]) -> list[Page]:
    """Return the pages, with the addresses and cookies of what was seeded."""
    return [*public(known), *own(known), *lists(known), *registers(known), *queues(known)]


def public(known: Mapping[str, str]) -> list[Page]:
    """Return what everybody opens."""
    narrowed = f"/members?sector={known['sector']}&size={known['class']}"
    return [
        Page(name="sign-in", endpoint="members.sign_in", path="/sign-in"),
        Page(name="prices", endpoint="members.join", path="/join"),
        Page(name="members", endpoint="members.directory", path="/members"),
        Page(name="members, two filters", endpoint="members.directory", path=narrowed),
        Page(name="organisation, public", endpoint="members.show",
             path=f"/members/{known['slug']}"),
    ]  # fmt: skip


def own(known: Mapping[str, str]) -> list[Page]:
    """Return what people see of themselves and their organisation, with a second factor."""
    desk = {"endpoint": "site.desk", "path": "/desk", "statements": ON_A_DESK}
    founder = {"cookie": known["founder_cookie"], "times": SIGNED_IN}
    staff = {"cookie": known["staff_cookie"], "times": SIGNED_IN}
    mine = "/organisations/mine"
    return [
        Page(name="desk, administrator", **desk, **founder),
        Page(name="desk, staff", **desk, **staff),
        Page(name="organisation, own", endpoint="members.organisation", path=mine, **founder),
        Page(name="membership, own", endpoint="members.membership", path=f"{mine}/membership",
             **founder),
        Page(name="colleagues", endpoint="members.people", path=f"{mine}/people", **founder),
        Page(name="organisation, staff", endpoint="members.organisation",
             path=f"/organisations/{known['slug']}", **staff),
    ]  # fmt: skip


def lists(known: Mapping[str, str]) -> list[Page]:
    """Return the staff's lists of people and of organisations, and one person."""
    people, firms = "/admin/people", "/admin/organisations"
    of = {"cookie": known["staff_cookie"], "times": SIGNED_IN}
    of_people = {"endpoint": "members.staff_people"} | of
    of_firms = {"endpoint": "members.staff_organisations"} | of
    one = f"{people}/{known['one_person']}"
    return [
        Page(name="people", path=people, **of_people),
        Page(name="people, deep", path=f"{people}?mark={known['deep_person']}", **of_people),
        Page(name="people, by name", path=f"{people}?begins=kari", **of_people),
        Page(name="a person", endpoint="members.staff_person", path=one, **of),
        Page(name="a person, twice", endpoint="members.merge_person", path=f"{one}/merge", **of),
        Page(name="organisations", path=firms, **of_firms),
        Page(name="organisations, deep", path=f"{firms}?mark={known['deep_firm']}", **of_firms),
        Page(name="organisations, named", path=f"{firms}?begins=company+0005", **of_firms),
    ]


def registers(known: Mapping[str, str]) -> list[Page]:
    """Return the register of members and of roles, as of today and as of an earlier day."""
    members, roles, staff = (f"/admin/register{part}" for part in ("", "/roles", "/staff"))
    then = f"day={known['earlier']}"
    of = {"cookie": known["staff_cookie"], "times": SIGNED_IN}
    of_members = {"endpoint": "members.member_register"} | of
    of_roles = {"endpoint": "members.register_roles"} | of
    return [
        Page(name="register", path=members, **of_members),
        Page(name="register, deep", path=f"{members}?mark={known['deep_number']}", **of_members),
        Page(name="register, then", path=f"{members}?{then}", **of_members),
        Page(name="register, long ago", path=f"{members}?day=2001-01-01", **of_members),
        Page(name="register, resigned", path=f"{members}?show=resigned", **of_members),
        Page(name="register, none such", path=f"{members}?show=excluded", **of_members),
        Page(name="register, a tier", path=f"{members}?tier=gold&{then}", **of_members),
        Page(name="roles", path=roles, **of_roles),
        Page(name="roles, then", path=f"{roles}?{then}", **of_roles),
        Page(name="roles, long ago", path=f"{roles}?day=2001-01-01", **of_roles),
        Page(name="roles, bosses", path=f"{roles}?role=administrator&{then}", **of_roles),
        Page(name="staff roles", endpoint="members.register_staff", path=staff, **of),
    ]


def queues(known: Mapping[str, str]) -> list[Page]:
    """Return what waits for staff."""
    staff = {"cookie": known["staff_cookie"], "times": SIGNED_IN}
    boss = {"cookie": known["boss_cookie"], "times": SIGNED_IN}
    return [
        Page(name="joining", endpoint="members.joining_queue", path="/admin/joining", **staff),
        Page(name="joining, approved", endpoint="members.joining_queue",
             path="/admin/joining?show=approved", **staff),
        Page(name="requests to join", endpoint="members.staff_requests", path="/admin/requests",
             **staff),
        Page(name="enquiries", endpoint="members.enquiries", path="/admin/enquiries", **staff),
        Page(name="names to check", endpoint="members.proposals", path="/admin/proposals", **staff),
        Page(name="merges", endpoint="members.merges", path="/admin/merges", **staff),
        Page(name="domains", endpoint="members.every_domain", path="/admin/domains", **staff),
        Page(name="privacy", endpoint="members.privacy_requests", path="/admin/privacy", **staff),
        Page(name="privacy, all", endpoint="members.privacy_requests",
             path="/admin/privacy?show=all", **staff),
        Page(name="clearing", endpoint="members.clearings", path="/admin/clearing", **boss),
        Page(name="lost factors", endpoint="members.removals", path="/admin/lost-factors",
             **boss),
    ]  # fmt: skip
