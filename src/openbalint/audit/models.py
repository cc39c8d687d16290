"""One line per deed: when, by whom, what, about what. Ids only, never a name or a word that somebody wrote."""

from django.db import models


class Entry(models.Model):
    """Somebody did something, or looked at something that is protected. Never changed, never deleted."""

    at = models.DateTimeField()
    by = models.UUIDField(null=True, blank=True)  # a person; empty: the clock, or somebody not signed in
    did = models.SlugField(max_length=60)
    about = models.UUIDField(null=True, blank=True)  # group, meeting, person …: which one, the deed says

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["about"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.did}"
