"""Who else signs people in, as the environment names them; a wrong setting is a sentence."""

import pytest

from portal.config import Issuer, SettingError
from portal.config.issuers import read_issuers
from portal.config.reading import Environment

ENTRA = {
    "OIDC_ISSUERS": "entra",
    "OIDC_ENTRA_NAME": "Entra ID",
    "OIDC_ENTRA_URL": "https://login.example.org/tenant/v2.0",
    "OIDC_ENTRA_CLIENT_ID": "portal",
    "OIDC_ENTRA_CLIENT_SECRET": "known to the two of us",
}


def read(*, development=False, **changed):
    return read_issuers(Environment(ENTRA | changed), development=development)


def test_an_issuer_is_read():
    assert read() == (
        Issuer(
            key="entra",
            name="Entra ID",
            url="https://login.example.org/tenant/v2.0",
            client_id="portal",
            client_secret="known to the two of us",
        ),
    )
    assert read(OIDC_ISSUERS="") == ()
    assert len(read(OIDC_ISSUERS="Entra, entra")) == 1


def test_its_secret_is_not_shown():
    assert "known to the two" not in repr(read())


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"OIDC_ISSUERS": "entra id!"}, "short names of letters and digits"),
        ({"OIDC_ISSUERS": "entra google"}, "OIDC_GOOGLE_NAME is missing"),
        ({"OIDC_ENTRA_CLIENT_ID": ""}, "OIDC_ENTRA_CLIENT_ID is missing"),
        ({"OIDC_ENTRA_URL": "http://login.example.org"}, "as it calls itself"),
        ({"OIDC_ENTRA_URL": "http://127.0.0.1:9000"}, "as it calls itself"),
        ({"OIDC_ENTRA_URL": "login.example.org"}, "as it calls itself"),
        ({"OIDC_ENTRA_URL": "https://"}, "as it calls itself"),
    ],
)
def test_a_wrong_setting_is_a_sentence(changed, why):
    with pytest.raises(SettingError, match=why):
        read(**changed)


def test_in_development_an_issuer_may_run_on_this_machine():
    assert read(development=True, OIDC_ENTRA_URL="http://127.0.0.1:9000")[0].is_here
    with pytest.raises(SettingError):
        read(development=True, OIDC_ENTRA_URL="http://login.example.org")
