"""A small issuer of OpenID Connect on this machine, which can also be told to lie."""

import hmac
import json
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from secrets import token_urlsafe
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

from portal.config import Issuer as Setting

SECRET = "known to the two of us"
CLIENT = "portal"


class Issuer:
    """Signs people in without asking them, as whom `person` says.

    `lie` changes the claims of the next token, `sign` how it is signed; `down` answers nothing.
    """

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, parameters={"kid": "one"})
        self.another = RSAKey.generate_key(2048, parameters={"kid": "one"})
        self.url = ""
        self.codes: dict[str, dict[str, str]] = {}
        self.forget()

    def forget(self) -> None:
        """Be honest again."""
        self.person: dict[str, Any] = {
            "sub": "subject-1", "email": "kari@firma.example", "email_verified": True,
            "name": "Kari Nes",
        }  # fmt: skip
        self.lie: Callable[[dict[str, Any]], dict[str, Any]] = lambda claims: claims
        self.sign: Callable[[dict[str, Any]], str] = self.signed
        self.down = False
        self.asked: list[str] = []
        self.known_as = ""

    @property
    def setting(self) -> Setting:
        """How the portal’s settings name it."""
        return Setting(
            key="local", name="Local ID", url=self.url, client_id=CLIENT, client_secret=SECRET
        )

    def signed(self, claims: dict[str, Any]) -> str:
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)

    def signed_by_another(self, claims: dict[str, Any]) -> str:
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.another)

    def signed_by_nobody(self, claims: dict[str, Any]) -> str:
        parts = ({"alg": "none", "typ": "JWT"}, claims)
        return ".".join(in_base64(json.dumps(part).encode()) for part in parts) + "."

    def signed_with_the_public_key(self, claims: dict[str, Any]) -> str:
        """Take the public key for a shared secret, as careless libraries let one."""
        head, body = (in_base64(json.dumps(part).encode()) for part in ({"alg": "HS256"}, claims))
        made = hmac.new(self.key.as_pem(private=False), f"{head}.{body}".encode(), sha256)
        return f"{head}.{body}.{in_base64(made.digest())}"

    def document(self) -> dict[str, Any]:
        return {
            "issuer": self.known_as or self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
        }

    def told(self, path: str) -> dict[str, Any]:
        """Answer what anybody may ask."""
        if path == "/.well-known/openid-configuration":
            return self.document()
        return {"keys": [self.key.as_dict(private=False)]}

    def authorize(self, question: dict[str, str]) -> str:
        """Sign the person in, and return the address to which they are sent back."""
        assert question["response_type"] == "code"
        assert question["code_challenge_method"] == "S256"
        assert len(question["state"]) >= 32
        assert len(question["nonce"]) >= 32
        code = token_urlsafe(16)
        self.codes[code] = question
        sent = urlencode({"code": code, "state": question["state"]})
        return f"{question['redirect_uri']}?{sent}"

    def token(self, answers: dict[str, str]) -> dict[str, Any] | None:
        """Exchange a code, once, for who showed that they began."""
        question = self.codes.pop(answers.get("code", ""), None)
        if question is None or answers["redirect_uri"] != question["redirect_uri"]:
            return None
        made = in_base64(sha256(answers["code_verifier"].encode()).digest())
        if made != question["code_challenge"]:
            return None
        now = int(time.time())
        claims = {
            "iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 300,
            "nonce": question["nonce"], **self.person,
        }  # fmt: skip
        token = self.sign(self.lie(claims))
        return {"access_token": "x", "token_type": "Bearer", "id_token": token}


def in_base64(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def handler(issuer: Issuer) -> type[BaseHTTPRequestHandler]:
    """Let an issuer answer over HTTP."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path)
            issuer.asked.append(path.path)
            self.answer(issuer.told(path.path))

        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
            issuer.asked.append(self.path)
            found = issuer.token({name: value[0] for name, value in parse_qs(sent).items()})
            self.answer(found or {"error": "invalid_grant"})

        def answer(self, body: dict[str, Any]) -> None:
            content = json.dumps(body).encode()
            self.send_response(503 if issuer.down else 400 if "error" in body else 200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_args: object) -> None:
            pass

    return Handler


@contextmanager
def running() -> Iterator[Issuer]:
    """Run an issuer on a port of its own."""
    issuer = Issuer()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(issuer))
    issuer.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield issuer
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
