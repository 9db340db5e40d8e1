"""What the stories of drafts share."""

from sqlalchemy import select

from portal.models import Answer

JSON = {"Accept": "application/json"}


def kept(session) -> dict[str, object]:
    return {answer.key: answer.value for answer in session.scalars(select(Answer))}


def autosave(browser, draft, key, value, *, version=0, expect=200):
    """Send one answer as the script does."""
    data = {"csrf_token": browser.token(), "version": version, "value": value}
    url = browser.address("programmes.answer", id=draft.id, key=key)
    browser.open("POST", url, data=data, headers=JSON, expect=expect)
    return browser.response.json
