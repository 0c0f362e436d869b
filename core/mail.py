"""Writing mails into the outbox and sending them from it."""

from datetime import timedelta

from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from core.models import OutgoingMail

MAX_ATTEMPTS = 8


def write_mail(*, key: str, to: str, language: str, template: str, context: dict) -> OutgoingMail | None:
    """Puts one mail into the outbox, rendered from `email/<template>.txt` in `language`; first line is the subject.

    `key` makes it unique per address: the same key twice writes one mail. Without an address nothing is written.
    """
    if not to:
        return None
    with translation.override(language):
        subject, _, body = render_to_string(f"email/{template}.txt", context).strip().partition("\n")
    mail, created = OutgoingMail.objects.get_or_create(
        key=key, to=to, defaults={"subject": " ".join(subject.split())[:200], "body": body.strip() + "\n"}
    )
    if created:
        from core.jobs import enqueue  # the task module imports this one
        from core.tasks import send_mail

        enqueue(send_mail, mail.pk)
    return mail


def send(mail_id: int) -> bool:
    """Sends one waiting mail. True when it went out now; a mail already sent or being sent is left alone."""
    with transaction.atomic():
        mail = OutgoingMail.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=mail_id).first()
        if mail is None or mail.sent_at or mail.attempts >= MAX_ATTEMPTS:
            return False
        mail.attempts += 1
        try:
            EmailMessage(mail.subject, mail.body, to=[mail.to]).send()
        except (
            OSError,
            ValueError,
        ) as error:  # smtplib's and socket's errors are OSErrors; a bad header is a ValueError
            mail.last_error = str(error)
        else:
            mail.sent_at, mail.last_error = timezone.now(), ""
        mail.save(update_fields=["attempts", "sent_at", "last_error"])
    return mail.sent_at is not None


def waiting_mails() -> list[int]:
    """Ids of mails that should have gone out by now: the broker, the worker or the mail server was down."""
    late = timezone.now() - timedelta(minutes=1)
    return list(
        OutgoingMail.objects.filter(sent_at=None, attempts__lt=MAX_ATTEMPTS, created_at__lt=late)
        .order_by("created_at")
        .values_list("pk", flat=True)[:500]
    )
