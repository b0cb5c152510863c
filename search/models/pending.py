from django.db import models


class PendingChange(models.Model):
    """An object whose documents are to be made again. Written in the transaction that changes the object.

    It names only the object: the documents are read from the object when the change is drained, so a change noted
    twice or drained late does no harm.
    """

    kind = models.CharField(max_length=12)
    object_id = models.BigIntegerField()
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "search_dirty"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
