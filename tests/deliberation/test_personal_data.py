from datetime import timedelta

from encommun.deliberation import commands
from encommun.deliberation.models import Comment, Follow, FormerWords, Interest
from encommun.privacy.commands import erase_person, purge
from encommun.privacy.queries import held_as_json
from encommun.privacy.rules import subject_of
from tests.cast import NOW


def rows_of(actor):
    held = held_as_json(subject_of(actor), at=NOW)["held"]
    return {one["model"]: one["rows"] for one in held if one["model"].startswith("deliberation.")}


def test_the_export_holds_messages_follows_and_interests(talking):
    chloe = talking.cast.actor("chloe")
    comment = talking.say(name="Chloé", follow=True)
    commands.change_comment(comment, words="Autrement", name="Chloé", publish_name=False, actor=chloe, at=NOW)
    commands.be_interested(talking.topic, email=chloe.email, actor=chloe, at=NOW)
    talking.react()
    rows = rows_of(chloe)
    assert [row["words"] for row in rows["deliberation.Comment"]] == ["Autrement"]
    assert [row["before"] for row in rows["deliberation.Comment"]] == [["Et pour une petite commune ?"]]
    assert [row["about"] for row in rows["deliberation.Follow"]] == [f"proposal:{talking.topic.code}"]
    assert [row["confirmed"] for row in rows["deliberation.Interest"]] == [True]
    assert rows_of(talking.cast.actor("bruno")) == {}


def test_erasing_leaves_a_place_without_words_name_or_address(talking):
    chloe = talking.cast.actor("chloe")
    shown = talking.say(name="Chloé", follow=True)
    answer = talking.say("hugo", "Oui", parent=shown)
    removed = talking.removed(words="Méchant")
    commands.change_comment(shown, words="Autrement", name="Chloé", publish_name=False, actor=chloe, at=NOW)
    commands.be_interested(talking.topic, email=chloe.email, actor=chloe, at=NOW)
    talking.react()
    erase_person(actor=chloe, at=NOW)
    for comment in (shown, removed):
        comment.refresh_from_db()
        assert (comment.email, comment.account_id, comment.words, comment.author_name) == ("", None, "", "")
    assert Comment.objects.get(pk=answer.pk).words == "Oui"
    assert FormerWords.objects.count() == 0
    assert Follow.objects.filter(email="chloe@association.example").count() == 0
    assert Interest.objects.count() == 0


def test_who_has_only_the_link_of_a_message_erases_it(talking):
    comment = talking.begin()
    erase_person(actor=talking.holder(comment), at=NOW)
    assert Comment.objects.count() == 0


def test_what_was_never_confirmed_goes_after_a_week(talking):
    talking.begin(at=NOW - timedelta(days=8))
    kept = talking.begin(email="b@x.example", at=NOW - timedelta(days=6))
    commands.be_interested(talking.topic, email="x@x.example", actor=talking.holder(kept), at=NOW - timedelta(days=8))
    purge(at=NOW)
    assert [list(Comment.objects.all()), Interest.objects.count()] == [[kept], 0]
