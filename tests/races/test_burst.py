"""Many people at once, through the pages of a portal with two processes, for too few places."""

from tests.bench.burst import Size, burst


def test_as_many_get_a_place_as_there_are_and_the_others_wait(server, tmp_path):
    size = Size(people=64, places=16, connections=16, workers=2)
    outcome = burst(server, tmp_path, size)
    assert outcome.portal.answers == {302: 64}
    assert outcome.states == {"confirmed": 16, "waitlisted": 48}
    assert outcome.findings == []
    assert outcome.floor.answers == {200: 64}
    assert outcome.bare_places == 16
