"""Tokens of personal links: shown once, kept only as a hash."""

import hashlib
import secrets


def fresh() -> str:
    return secrets.token_urlsafe(24)


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
