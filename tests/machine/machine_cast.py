"""Who presses in the machine: every role twice, deputies, double roles, relations, strangers."""

from types import SimpleNamespace

from accounts import walk_ins
from accounts.models import Identity, Posting, User
from applications import counter
from imbportal.daerah import registry
from imbportal.demo import people

PARTNER = "pamekasan", "contoh"
NIKS = [people.nik(number) for number in range(901, 905)]
"""Among which people change: too few for all to stay apart by themselves."""


class Cast:
    """The users of one daerah by name, and who holds which role."""

    def __init__(self, slug, day):
        self.slug, self.roles = slug, registry.current(slug).role
        self.applicants = people.applicants()
        self.mandate = people.mandate()
        self.names = {}
        for key in ("budi", "siti", "dewi", "usaha", "konsultan"):
            self.names[key] = self.applicants[key]
        first = people.officers(slug)
        self.holders = {role: [first[role]] for role in self.roles}
        self.names |= first
        for role in self.roles:
            self._officer(f"{role}2", [role])
        self._deputy(day)
        self._officer("rangkap", list(self.roles), nik=NIKS[0])
        self._officer("rangkap_kedua", list(self.roles), nik=NIKS[0])
        self._officer("saudara", list(self.roles), nik=self.applicants["budi"].identity.nik)
        self._post(self.applicants["siti"], "petugas")
        self.walk_in = self._walk_in()
        other = next(name for name in PARTNER if name != slug)
        for role in ("petugas", registry.current(other).head):
            self.names[f"{role}_lain"] = people.officer(other, role)
        self.names["superuser"] = User.objects.create_superuser("super@demo.test", "x")
        self.names["sistem"] = User.objects.sistem()

    def _officer(self, key, roles, nik=None):
        user = User.objects.create_user(
            email=people.email(f"{key}.{self.slug}"), name=key.replace("_", " ").title(),
            is_staff=True,
        )  # fmt: skip
        for role in roles:
            self._post(user, role)
        if nik:
            Identity.objects.create(user=user, name=user.name, nik=nik, address="Jl. Contoh 1")
        self.names[key] = user
        return user

    def _post(self, user, role):
        unit = self.roles[role].unit
        Posting.objects.create(
            user=user, daerah=self.slug, unit=unit, role=role, valid_from=people.SINCE
        )
        self.holders[role].append(user)

    def _walk_in(self):
        """Return somebody without a login whom the counter entered."""
        person = Identity(name="Sukarni", nik=people.nik(905), address="Dusun Krajan")
        form = SimpleNamespace(instance=person, store=person.save)
        person.ktp = self.applicants["budi"].identity.ktp.name
        return walk_ins.enter(form, email="", phone="", by=self.counter())

    def counter(self):
        """Return an officer of the counter."""
        return self.holders[min(counter.roles(registry.current(self.slug)))][0]

    def _deputy(self, day):
        deputy = people.deputy(self.slug, day)
        self.names["plh"] = deputy
        self.holders[registry.current(self.slug).head].append(deputy)

    def user(self, name):
        """Return a user read anew, as a request has him."""
        return User.objects.select_related("identity").get(pk=self.names[name].pk)
