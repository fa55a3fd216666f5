"""Settings: a wrong value stops the start with its name and what was expected."""

from datetime import date
from pathlib import Path

import pytest

from encommun.config import Config, WrongConfig


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("ENCOMMUN_HTTPS", "perhaps", "expected yes or no, got «perhaps»"),
        ("ENCOMMUN_PROXIES", "-1", "expected a whole number, 0 or more"),
        ("ENCOMMUN_PROXIES", "two", "expected a whole number, 0 or more"),
        ("ENCOMMUN_TODAY", "tomorrow", "expected a day as YYYY-MM-DD"),
        ("ENCOMMUN_TYPO", "x", "no such setting"),
        ("ENCOMMUN_SECRET_KEY_FILE", "/nowhere/at/all", "cannot read /nowhere/at/all"),
    ],
)
def test_a_wrong_value_is_named(name, value, expected):
    with pytest.raises(WrongConfig) as error:
        Config.from_environment({name: value})
    assert name in str(error.value)
    assert expected in str(error.value)


def test_values_have_their_types():
    config = Config.from_environment(
        {
            "ENCOMMUN_HTTPS": "Yes",
            "ENCOMMUN_TODAY": "2018-07-02",
            "ENCOMMUN_HOSTS": "a, b,",
            "ENCOMMUN_DATA": "/tmp/x",
            "PATH": "/bin",
        }
    )
    assert (config.https, config.today, config.hosts, config.data) == (True, date(2018, 7, 2), ("a", "b"), Path("/tmp/x"))


def test_an_empty_value_is_the_default():
    assert Config.from_environment({"ENCOMMUN_BASE_URL": ""}) == Config.from_environment({})


def test_a_secret_may_be_in_a_file(tmp_path):
    path = tmp_path / "secret"
    path.write_text("hush\n")
    assert Config.from_environment({"ENCOMMUN_SECRET_KEY_FILE": str(path)}).secret_key == "hush"
