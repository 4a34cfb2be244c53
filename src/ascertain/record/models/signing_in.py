"""Signing in: links that open an account once, tokens of programs, and who came in when."""

from __future__ import annotations

from django.db import models

from ascertain.record.models.people import Person

IN, OUT, REFUSED, LIMITED, JOINED = "in", "out", "refused", "limited", "joined"


class Invitation(models.Model):
    """A link by which somebody gives an account its password, once. `digest` is the SHA-256 of what is in the link,
    which is kept nowhere."""

    digest = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="invitations")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="invited")
    at = models.DateTimeField()
    until = models.DateTimeField()
    used = models.DateTimeField(null=True)


class Token(models.Model):
    """What a program shows to act for a person; `digest` is its SHA-256, it itself is kept nowhere. It may read, and
    decide only where `decides`; `closed` ends it."""

    digest = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tokens")
    name = models.TextField()
    decides = models.BooleanField(default=False)
    at = models.DateTimeField()
    used = models.DateTimeField(null=True)
    closed = models.DateTimeField(null=True)


class SignIn(models.Model):
    """That somebody came in, went out, or was refused: `name` is as it was given, `address` where it came from."""

    at = models.DateTimeField(db_index=True)
    name = models.CharField(max_length=150)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="sign_ins")
    outcome = models.CharField(max_length=10)
    address = models.CharField(max_length=64)
