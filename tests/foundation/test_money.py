from encommun.foundation import money


def test_round_amounts_have_no_cents():
    assert money.in_words(3500, "fr") == "35\u00a0€"


def test_cents_follow_a_comma_in_french_and_a_point_in_english():
    assert money.in_words(123450, "fr") == "1\u202f234,50\u00a0€"
    assert money.in_words(123450, "en") == "€1,234.50"
