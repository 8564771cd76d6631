"""What the records of every app have in common. Abstract: `common` has no table."""

import uuid

from django.db import models


class Record(models.Model):
    """A record with an identifier that means the same in every installation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True
