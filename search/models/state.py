from django.db import models


class IndexState(models.Model):
    """One row: the version that was given out last (`search.versions`)."""

    version = models.BigIntegerField(default=0)

    class Meta:
        db_table = "search_state"

    def __str__(self) -> str:
        return str(self.version)


class UnfinishedRebuild(models.Model):
    """One row while an index is being built, so that another process can go on with it: how far it has come.

    All objects of the kinds before `kind`, and of this kind those up to `object_id`, are in the index of this `name`.
    `form` says which kinds and languages it gets; one that would get others now is not gone on with.
    """

    engine = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    form = models.CharField(max_length=400)
    kind = models.CharField(max_length=12, blank=True)
    object_id = models.BigIntegerField(default=-1)
    started_at = models.DateTimeField()

    class Meta:
        db_table = "search_unfinished"

    def __str__(self) -> str:
        return f"{self.engine} {self.name}: {self.kind} {self.object_id}"
