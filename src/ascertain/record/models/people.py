"""People: who may do what in the record."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models

ROLES = ("reader", "reviewer", "editor", "administrator")


class Person(AbstractUser):
    """Somebody with an account. Each role may do all that the one before it may."""

    role = models.CharField(max_length=20, default="reader", choices=[(role, role) for role in ROLES])
