"""The outbox: a mail is a row before it is a message, so that a broker or mail server that is down loses nothing."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.constraints import only_one


class OutgoingMail(models.Model):
    """One message to one address. Written in the transaction of the act it reports, sent by the worker."""

    key = models.CharField(max_length=200)
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)

    class Meta:
        constraints = [only_one("mail_once", ("key", "to"), _("This mail has been written already."))]
        indexes = [models.Index(fields=["created_at"], condition=models.Q(sent_at=None), name="mail_waiting")]

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"
