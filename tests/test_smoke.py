def test_the_home_page_lists_gatherings(cast, client):
    answer = client.get("/")
    assert answer.status_code == 200
    assert "Numérique en Commun" in answer.text


def test_english_is_an_address(cast, client):
    assert client.get("/en/nec-2018/").headers["Content-Language"] == "en"
