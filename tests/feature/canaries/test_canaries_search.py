"""A search for a secret tells no more than a search for a word that stands nowhere."""

import pytest
from bs4 import BeautifulSoup

from tests.feature.canaries.words import KINDS, READERS, SHARED, root, told, word

NOWHERE = "zqnowhere"
#: Other forms of a word, which have the same stem in one language or the other.
FORMS = ("er", "ers", "ing")
STAFF = ("programmes", "membership", "events", "editor", "boss")
#: What has a page of its own that a search leads to, and whom it leads there.
FOUND = {
    "article for members": ("silver", "gold", "editor"),
    "article for gold": ("gold", "programmes"),
    "event in draft": ("events", "boss"),
    "organisation unlisted": ("membership", "events"),
    "organisation unconfirmed": ("membership", "editor"),
    "organisation that applies": ("applicant", "colleague", "boss"),
    "person of a member": ("gold", "membership"),
    "call in draft": ("programmes", "boss"),
    "programme in the archive": ("programmes", "boss"),
}


def search(client, words):
    """Return what the page says of a search, without the words that were asked for."""
    response = client.get("/search", query_string={"q": words})
    assert response.status_code == 200
    main = BeautifulSoup(response.text, "html.parser").main
    return str(main).replace(words, "…")


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in STAFF])
def test_who_may_not_read_a_secret_cannot_tell_that_there_is_one(browse, kind):
    client = browse(kind)
    nothing = search(client, NOWHERE)
    for secret in sorted(READERS):
        if kind not in READERS[secret]:
            asked = [root(secret) + form for form in FORMS]
            assert [search(client, each) for each in asked] == [nothing] * len(asked), secret


@pytest.mark.parametrize("kind", KINDS)
def test_a_search_for_what_all_secrets_share_shows_those_that_may_be_read(browse, kind):
    client = browse(kind)
    for asked in (SHARED, f"{SHARED}es"):
        for of in ("", "article", "call", "colleague", "event", "organisation", "person"):
            given = {"q": asked, "kind": of} if of else {"q": asked}
            shown = told(client.get("/search", query_string=given).text)
            assert {secret for secret in shown if kind not in READERS[secret]} == set()


@pytest.mark.parametrize("secret", FOUND)
def test_who_may_read_a_secret_finds_it(browse, secret):
    for kind in FOUND[secret]:
        assert kind in READERS[secret]
        client = browse(kind)
        assert search(client, word(secret)) != search(client, NOWHERE), kind
