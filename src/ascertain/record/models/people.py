"""People: who may do what in the record."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models

from ascertain.record.models.chain import Chained

ROLES = ("reader", "reviewer", "editor", "administrator")


class Person(AbstractUser):
    """Somebody with an account. Each role may do all that the one before it may."""

    role = models.CharField(max_length=20, default="reader", choices=[(role, role) for role in ROLES])


class RoleChange(Chained):
    """That a person, then of this name, was given a role, or their account was `closed`. `by` is empty where somebody
    did it who can write to the record itself.
    """

    chained_as = "role"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="roles")
    name = models.CharField(max_length=150)
    role = models.CharField(max_length=20)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="roles_given")
    at = models.DateTimeField()

    def chained_content(self) -> dict[str, object]:
        """All of it."""
        return {"person": self.person_id, "name": self.name, "role": self.role, "by": self.by_id, "at": self.at}
