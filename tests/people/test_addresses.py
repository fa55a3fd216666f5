from dataclasses import replace

import pytest
from django.test import RequestFactory

from encommun.people.addresses import client_address


def asked(forwarded=None, remote="198.51.100.7"):
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded is not None else {}
    return RequestFactory().get("/", REMOTE_ADDR=remote, **headers)


@pytest.fixture
def proxies(settings):
    def put(number):
        settings.CONFIG = replace(settings.CONFIG, proxies=number)

    return put


def test_without_proxy_the_header_is_never_believed(proxies):
    proxies(0)
    assert client_address(asked("203.0.113.9")) == "198.51.100.7"


def test_behind_one_proxy_only_the_last_entry_is_believed(proxies):
    proxies(1)
    assert client_address(asked("1.1.1.1, 203.0.113.9")) == "203.0.113.9"


def test_behind_two_proxies_the_last_but_one_is_believed(proxies):
    proxies(2)
    assert client_address(asked("1.1.1.1, 203.0.113.9, 10.0.0.2")) == "203.0.113.9"


def test_a_header_shorter_than_the_proxies_is_not_believed(proxies):
    proxies(2)
    assert client_address(asked("203.0.113.9")) == "198.51.100.7"


def test_an_ipv6_household_is_one_caller(proxies):
    proxies(0)
    assert client_address(asked(remote="2001:db8:1:2:aaaa::1")) == client_address(asked(remote="2001:db8:1:2:bbbb::2"))
    assert client_address(asked(remote="::ffff:198.51.100.7")) == "198.51.100.7"


def test_nonsense_is_one_caller(proxies):
    proxies(1)
    assert client_address(asked("<script>")) == "unknown"
