"""Many people at once, through the pages of a portal with two processes, for too few places."""

from tests.bench.burst import Size, burst


def test_as_many_get_a_place_as_there_are_and_the_others_wait(server, tmp_path):
    size = Size(people=64, places=16, connections=16, workers=2, rounds=2)
    outcome = burst(server, tmp_path, size)
    assert [each.portal.answers for each in outcome.rounds] == [{302: 64}] * 2
    assert [each.states for each in outcome.rounds] == [{"confirmed": 16, "waitlisted": 48}] * 2
    assert outcome.findings == []
    assert [each.floor.answers for each in outcome.rounds] == [{200: 64}] * 2
    assert [each.bare_places for each in outcome.rounds] == [16] * 2
