from datetime import timedelta

from encommun.call import commands
from encommun.call.models import Author, Decision, Proposal, Revision
from encommun.call.personal_data import HOLDINGS
from encommun.call.rules import LINK, is_author
from encommun.foundation.holdings import Subject
from tests.call.conftest import author_of
from tests.cast import NOW

HOLDING = {holding.model: holding for holding in HOLDINGS}
AUTHORS, ANSWERS = HOLDING["call.Author"], HOLDING["call.Decision"]
ZOE = Subject(account_id=None, emails=frozenset({"zoe@ailleurs.example"}))
NOBODY = Subject(account_id=None, emails=frozenset())


def introduced(call, proposal):
    who = {"name": "Zoé Lambert", "structure_name": "Rezé", "publish_name": True, "door": "x"}
    commands.introduce_author(proposal, **who, actor=author_of(proposal), at=NOW)
    return proposal


def test_authorships_are_found_by_address_account_and_link(call):
    first, second = call.draft(), call.draft(email=call.cast.bruno.email)
    assert [author.proposal for author in AUTHORS.find(ZOE)] == [first]
    by_link = Subject(account_id=None, emails=frozenset(), links=frozenset({(LINK, first.authors.get().code)}))
    assert [author.proposal for author in AUTHORS.find(by_link)] == [first]
    Author.objects.filter(proposal=second).update(account=call.cast.bruno)
    by_account = Subject(account_id=call.cast.bruno.pk, emails=frozenset())
    assert [author.proposal for author in AUTHORS.find(by_account)] == [second]
    assert list(AUTHORS.find(NOBODY)) == []


def test_an_export_holds_the_text_and_the_answer_once_released(call):
    introduced(call, call.decided())
    (author,) = AUTHORS.find(ZOE)
    row = AUTHORS.export(author)
    assert (row["name"], row["email"], row["answer"]) == ("Zoé Lambert", "zoe@ailleurs.example", None)
    assert row["text"]["title"] == "Une borne d'écoute pour la médiathèque"
    call.release()
    (author,) = AUTHORS.find(ZOE)
    assert AUTHORS.export(author)["answer"] == {"outcome": "yes", "reason": "Parce que cela manque.", "yours": ""}
    assert AUTHORS.title(author) == author.proposal.title
    assert AUTHORS.address(author) == f"/nec-2018/opencall/{author.proposal.code}/"


def test_erasing_deletes_drafts(call):
    introduced(call, call.draft())
    assert AUTHORS.erase(ZOE, at=NOW) == []
    assert (Proposal.objects.count(), Author.objects.count(), Revision.objects.count()) == (0, 0, 0)


def test_erasing_leaves_a_published_text_without_its_author(call):
    proposal = introduced(call, call.published())
    (kept,) = AUTHORS.erase(ZOE, at=NOW)
    assert proposal.title in kept.what
    author = Author.objects.get()
    assert (author.email, author.name, author.structure_name, author.name_is_public) == ("", "", "", False)
    proposal = call.again(proposal)
    assert (proposal.state, author.link_epoch) == ("published", 1)
    assert not is_author(author_of(proposal), proposal)
    assert AUTHORS.erase(ZOE, at=NOW) == []


def test_erasing_empties_a_withdrawn_text_and_leaves_its_address(call, client):
    proposal = introduced(call, call.published())
    commands.withdraw_proposal(proposal, actor=author_of(proposal), at=NOW)
    assert AUTHORS.erase(ZOE, at=NOW) == []
    proposal = call.again(proposal)
    assert (proposal.title, proposal.intention, proposal.search_text.stems, proposal.revisions.count()) == ("", "", "", 0)
    assert client.get(f"/nec-2018/propositions/{proposal.code}/").status_code == 410


def test_an_author_erased_receives_no_more_letters(call):
    from encommun.mailing.models import Letter
    from encommun.reactions.worker import react

    call.decided()
    AUTHORS.erase(ZOE, at=NOW)
    call.release()
    react()
    assert Letter.objects.filter(recipient="").count() == 0


def test_who_answered_is_forgotten_and_the_answer_stays(call):
    call.decided()
    hugo = Subject(account_id=call.cast.hugo.pk, emails=frozenset({call.cast.hugo.email}))
    (decision,) = ANSWERS.find(hugo)
    assert ANSWERS.export(decision)["outcome"] == "yes"
    assert ANSWERS.erase(hugo, at=NOW) == []
    assert Decision.objects.get().decided_by is None
    assert list(ANSWERS.find(NOBODY)) == []


def test_drafts_go_a_year_after_the_gathering(call):
    call.draft()
    call.published(email="b@x.example")
    end = NOW.replace(month=9, day=14)
    assert AUTHORS.purge(at=end + timedelta(days=365)) == 0
    assert AUTHORS.purge(at=end + timedelta(days=367)) == 1
    assert Proposal.objects.get().state == "published"
