"""A device that holds passkeys, in a few lines: it makes them, signs with them, and may be odd."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from secrets import token_bytes
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

PRESENT, VERIFIED, MADE = 0x01, 0x04, 0x40


def text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def raw(words: str) -> bytes:
    return urlsafe_b64decode(words + "=" * (-len(words) % 4))


class Device:
    """Holds one passkey for one site.

    `verifies` says that it asked for a finger, `counts` that it counts how often it signed.
    """

    def __init__(
        self, origin: str, *, host: str = "localhost", verifies: bool = True, counts: bool = True
    ) -> None:
        self.origin, self.host, self.verifies, self.counts = origin, host, verifies, counts
        self.id, self.key, self.count = token_bytes(16), ec.generate_private_key(ec.SECP256R1()), 0
        self.owner = b""

    def make(self, options: dict[str, Any]) -> str:
        """Answer to being asked for a new passkey."""
        self.owner = raw(options["user"]["id"])
        numbers = self.key.public_key().public_numbers()
        key = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)}
        held = bytes(16) + len(self.id).to_bytes(2) + self.id + cbor2.dumps(key)
        proof = {"fmt": "none", "attStmt": {}, "authData": self.about(MADE) + held}
        told = {
            "clientDataJSON": text(self.client("webauthn.create", options["challenge"])),
            "attestationObject": text(cbor2.dumps(proof)),
            "transports": ["internal"],
        }
        return self.answer(told)

    def sign(self, options: dict[str, Any]) -> str:
        """Answer to being asked to sign."""
        if self.counts:
            self.count += 1
        client, about = self.client("webauthn.get", options["challenge"]), self.about(0)
        signature = self.key.sign(about + sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        told = {
            "clientDataJSON": text(client),
            "authenticatorData": text(about),
            "signature": text(signature),
            "userHandle": text(self.owner),
        }
        return self.answer(told)

    def client(self, kind: str, challenge: str) -> bytes:
        told = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(told).encode()

    def about(self, more: int) -> bytes:
        flags = PRESENT | (VERIFIED if self.verifies else 0) | more
        return sha256(self.host.encode()).digest() + bytes([flags]) + self.count.to_bytes(4)

    def answer(self, told: dict[str, Any]) -> str:
        name = text(self.id)
        return json.dumps(
            {"id": name, "rawId": name, "type": "public-key", "response": told,
             "clientExtensionResults": {}}
        )  # fmt: skip
