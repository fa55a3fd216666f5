"""Letters that come back."""

from smtplib import SMTPRecipientsRefused

import pytest

from encommun.mailing.commands import note_bounce, write_words
from encommun.mailing.commands.send_letters import _refuses_the_address
from encommun.mailing.models import Letter
from tests.cast import NOW

REPORT = """From: MAILER-DAEMON@mx.example
To: ne-pas-repondre@nec.example
Message-ID: <report@mx.example>
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=utf-8

I'm sorry to have to inform you that your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
Arrival-Date: Mon, 2 Jul 2018 10:00:00 +0200

Final-Recipient: rfc822; perdue@ville.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 <perdue@ville.example>: Recipient address
    rejected: User unknown

--b
Content-Type: text/rfc822-headers

Subject: Votre pass
Message-ID: {name}

--b--
"""


@pytest.fixture
def letter(db):
    return write_words("x.y", subject="S", body="B", to="perdue@ville.example", language="fr", at=NOW, dedupe="1")


def report(letter, action="failed", status="5.1.1"):
    return REPORT.format(action=action, status=status, name=letter.message_id).replace("\n", "\r\n").encode()


def test_a_lasting_failure_marks_its_letter_once(letter):
    assert note_bounce(report(letter)) == letter
    letter.refresh_from_db()
    assert letter.state == Letter.State.BOUNCED
    assert letter.last_error == "5.1.1 smtp; 550 5.1.1 <perdue@ville.example>: Recipient address rejected: User unknown"
    assert note_bounce(report(letter)) is None


@pytest.mark.parametrize(("action", "status"), [("delayed", "4.4.1"), ("failed", "4.2.2"), ("delivered", "2.0.0"), ("failed", "")])
def test_a_delay_marks_nothing(letter, action, status):
    assert note_bounce(report(letter, action, status)) is None
    letter.refresh_from_db()
    assert letter.state == Letter.State.QUEUED


@pytest.mark.parametrize(
    "noise", [b"", b"\x00\xff\xfe", b"From: x\r\n\r\nhello", b"Content-Type: multipart/report; boundary=z\r\n\r\n--z\r\n"]
)
def test_anything_else_is_passed_over(letter, noise):
    assert note_bounce(noise) is None


def test_a_report_that_names_no_letter_of_ours_marks_nothing(letter):
    assert note_bounce(report(letter).replace(letter.message_id.encode(), b"<other@x.example>")) is None


def test_only_an_address_refused_for_good_is_given_up_at_once():
    assert _refuses_the_address(SMTPRecipientsRefused({"a@b.example": (550, b"no such user")}))
    assert not _refuses_the_address(SMTPRecipientsRefused({"a@b.example": (450, b"try later")}))
    assert not _refuses_the_address(OSError("down"))
