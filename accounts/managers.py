"""Querysets and managers of the accounts app."""

import datetime

from django.contrib.auth.base_user import BaseUserManager
from django.db import models
from django.db.models import Q

from imbportal import crypto, indonesia


class UserManager(BaseUserManager):
    def create_user(self, email=None, phone=None, password=None, **fields):
        """Create an account; e-mail or phone must be given, and count as not yet confirmed.

        ``contacts.confirm`` marks them confirmed. Raises ValueError where both are missing.
        """
        if not (email or phone):
            raise ValueError("Surel atau nomor HP harus diisi.")
        user = self.model(
            email=self.normalize_email(email).lower() if email else None, phone=phone, **fields
        )
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, None, password, is_staff=True, is_superuser=True, **fields)

    def sistem(self):
        """Return the user by whom the portal itself acts."""
        user, _ = self.get_or_create(
            is_system=True, defaults={"name": "Sistem", "email": None, "password": "!"}
        )
        return user


class IdentityQuerySet(models.QuerySet):
    def with_nik(self, nik):
        """Return the identities that carry this NIK, found by its keyed look-up."""
        return self.filter(nik_lookup=crypto.lookup(nik))


class MandateQuerySet(models.QuerySet):
    def in_force(self, day: datetime.date | None = None):
        """Return the mandates that hold on ``day`` (today where none is given)."""
        day = day or indonesia.today()
        return self.filter(
            Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day, ended_at=None
        )

    def owners(self, agent):
        """Return the identities (as keys) for whom the agent may act today."""
        return self.in_force().filter(agent=agent).values("owner")


class PostingQuerySet(models.QuerySet):
    def in_force(self, day: datetime.date | None = None):
        """Return the postings that hold on ``day`` (today where none is given)."""
        day = day or indonesia.today()
        return self.filter(
            Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day, user__is_active=True
        )
