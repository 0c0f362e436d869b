from celery import shared_task

from core import mail, worker  # noqa: F401  the worker leaves its signs of life


@shared_task
def send_mail(mail_id: int) -> None:
    mail.send(mail_id)


@shared_task
def resume_mails() -> None:
    for mail_id in mail.waiting_mails():
        mail.send(mail_id)
