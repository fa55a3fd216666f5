"""Who answers for people's data at a gathering: drawn from who stands behind it."""

from encommun.events.models import Support


def page(client) -> str:
    return client.get("/nec-2018/vos-donnees/").text.partition("<footer")[0]


def test_those_who_power_and_lead_answer_together_and_hosts_receive_nothing(cast, client):
    text = page(client)
    assert [name in text for name in ("<li>La Mednum</li>", "<li>PiNG</li>", "<li>Nantes Métropole</li>")] == [True, True, False]
    assert "PiNG anime l’équipe, garde les données" in text
    assert "Celles qui accueillent (Région Pays de la Loire, Département de Loire-Atlantique, Nantes Métropole)" in text


def test_one_alone_answers_alone_and_without_any_the_team_does(cast, client):
    Support.objects.exclude(structure__name="PiNG").delete()
    assert "PiNG décide pourquoi et comment" in page(client)
    Support.objects.all().delete()
    assert "L’équipe qui organise" in page(client)


def test_roles_are_counted_and_nobody_is_named(cast, client):
    text = page(client)
    assert "le nom et le pass des personnes qui viennent" in text
    assert [account.name in text for account in cast.accounts.values()] == [False] * len(cast.accounts)


def test_every_page_of_a_gathering_leads_there(cast, client):
    assert 'href="/nec-2018/vos-donnees/"' in client.get("/nec-2018/axes-de-travail/").text
    assert 'href="/donnees-personnelles/"' in client.get("/").text
