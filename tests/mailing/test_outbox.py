"""The outbox, against a real SMTP server."""

import email
import socket
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller

from encommun.mailing.commands import File, send_letters, write_letter
from encommun.mailing.commands.send_letters import GIVE_UP_AFTER, STUCK_AFTER
from encommun.mailing.models import Letter
from tests.cast import NOW

pytestmark = pytest.mark.django_db


class Sink:
    """Keeps what it is given; refuses the addresses in ``poisoned``."""

    def __init__(self):
        self.received, self.poisoned, self.word = [], set(), "550 No such person"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.poisoned:
            return self.word
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.received.append(email.message_from_bytes(envelope.content))
        return "250 OK"


@pytest.fixture
def sink(settings):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    handler = Sink()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": port, "timeout": 5},
        }
    }
    yield handler
    controller.stop()


def write(to="chloe@association.example", dedupe="one", **more):
    context = {"code": "1234-5678", "minutes": 15, "instance_name": "Encommun"}
    return write_letter("people/letters/login_code", to=to, language="fr", at=NOW, dedupe=dedupe, context=context, **more)


def test_a_letter_is_written_once(sink):
    assert write().pk == write().pk
    assert send_letters(at=NOW) == 1
    assert send_letters(at=NOW) == 0
    assert len(sink.received) == 1


def test_what_leaves_has_two_parts_a_language_and_its_number(sink):
    letter = write(files=(File(name="pass.pdf", content_type="application/pdf", content=b"%PDF"),))
    send_letters(at=NOW)
    (message,) = sink.received
    assert message["Message-ID"] == letter.message_id
    assert message["Content-Language"] == "fr"
    assert message["Auto-Submitted"] == "auto-generated"
    kinds = [part.get_content_type() for part in message.walk() if not part.is_multipart()]
    assert kinds == ["text/plain", "text/html", "application/pdf"]


def test_one_poisoned_address_delays_nobody(sink):
    sink.poisoned = {"nobody@example.org"}
    bad, good = write(to="nobody@example.org", dedupe="bad"), write(dedupe="good")
    assert send_letters(at=NOW) == 1
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.state, good.state) == (Letter.State.BOUNCED, Letter.State.SENT)
    assert "550" in bad.last_error
    assert send_letters(at=NOW + timedelta(days=1)) == 0


def test_an_address_refused_for_now_is_tried_later(sink):
    sink.poisoned, sink.word = {"nobody@example.org"}, "450 Busy"
    bad, good = write(to="nobody@example.org", dedupe="bad"), write(dedupe="good")
    assert send_letters(at=NOW) == 1
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.state, good.state) == (Letter.State.QUEUED, Letter.State.SENT)
    assert bad.next_try_at > NOW


def test_a_failed_letter_is_tried_again_under_the_same_number_then_given_up(sink):
    sink.poisoned, sink.word = {"chloe@association.example"}, "451 Try later"
    letter, at = write(), NOW
    for _n in range(GIVE_UP_AFTER):
        send_letters(at=at)
        at += timedelta(days=1)
    letter.refresh_from_db()
    assert (letter.state, letter.tries) == (Letter.State.FAILED, GIVE_UP_AFTER)
    assert send_letters(at=at) == 0


def test_a_letter_that_a_killed_process_held_leaves_again_with_the_same_number(sink):
    letter = write()
    Letter.objects.filter(pk=letter.pk).update(state=Letter.State.SENDING, next_try_at=NOW)
    assert send_letters(at=NOW + timedelta(minutes=1)) == 0
    assert send_letters(at=NOW + STUCK_AFTER + timedelta(minutes=1)) == 1
    assert [message["Message-ID"] for message in sink.received] == [letter.message_id]


def test_a_server_that_is_away_loses_nothing(sink, settings):
    settings.MAILERS["default"]["OPTIONS"]["port"] = 1
    letter = write()
    assert send_letters(at=NOW) == 0
    letter.refresh_from_db()
    assert letter.state == Letter.State.QUEUED


def test_a_subject_is_one_line():
    letter = write()
    assert "\n" not in letter.subject
    assert len(letter.subject) <= 250
