from encommun.call.models import Proposal
from encommun.call.queries import accepted_proposals, ready_decisions
from encommun.demo.steps.call import build
from tests.cast import NOW


def test_the_demo_has_proposals_in_every_state_and_none_of_tomorrow(cast):
    build(cast.event, cast.accounts, NOW)
    proposals = Proposal.objects.filter(event=cast.event)
    states = [proposals.filter(state=state).count() for state in Proposal.State.values]
    assert states == [3, 25, 1, 0]
    assert len(accepted_proposals(cast.event)) == 14
    assert ready_decisions(cast.event).count() == 3
    assert not proposals.filter(saved_at__gt=NOW).exists()
    mine = proposals.filter(authors__account=cast.bruno).order_by("created_at")
    assert [proposal.state for proposal in mine] == ["published", "draft"]
