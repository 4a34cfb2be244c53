import time
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.serving import names

from ascertain.intake.fetching import AddressRules, FetchError, RefusedError
from ascertain.intake.fetching.addresses import checked_addresses, looked_up, special_networks
from ascertain.model import SettingsError

REFUSED = [
    "0.0.0.0",
    "10.0.0.1",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.255.255.254",
    "168.63.129.16",
    "169.254.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.192",
    "192.168.0.1",
    "198.18.0.1",
    "203.0.113.9",
    "224.0.0.1",
    "239.1.2.3",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:a9fe:a9fe",
    "64:ff9b::127.0.0.1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
    "2001:0:4136:e378::1",
    "2001:db8::1",
    "2002:7f00:1::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "4000::1",
    "no address",
]
PUBLIC = ["1.1.1.1", "8.8.8.8", "172.32.0.1", "100.63.255.255", "2606:4700::1111", "2a00:1450::1", "64:ff9b::808:808"]


@pytest.mark.parametrize("address", REFUSED)
def test_what_is_not_of_the_public_internet_is_refused(address: str) -> None:
    assert AddressRules().why_refused(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_the_public_internet_is_not_refused(address: str) -> None:
    assert AddressRules().why_refused(address) is None


@pytest.mark.parametrize("address", [special for special in REFUSED if special.count(".") == 3 and ":" not in special])
def test_an_ipv4_address_is_refused_in_each_ipv6_dress(address: str) -> None:
    for dress in ("::ffff:", "64:ff9b::"):
        assert AddressRules.allowing([]).why_refused(f"{dress}{address}")


def test_a_network_that_is_allowed_is_not_refused_and_its_neighbours_are() -> None:
    rules = AddressRules.allowing(["10.1.0.0/16", "fd12::/32", "127.0.0.1"])
    assert rules.why_refused("10.1.2.3") is None
    assert rules.why_refused("::ffff:10.1.2.3") is None
    assert rules.why_refused("fd12::7") is None
    assert rules.why_refused("10.2.0.1")
    assert rules.why_refused("127.0.0.2")


@pytest.mark.parametrize("address", ["169.254.169.254", "fd00:ec2::254", "100.100.100.200", "224.0.0.1", "0.0.0.0"])
def test_metadata_services_and_what_is_no_server_are_never_asked(address: str) -> None:
    assert AddressRules.allowing(["all"]).why_refused(address)
    assert AddressRules.allowing(["0.0.0.0/0", "::/0"]).why_refused(address)


@pytest.mark.parametrize("given", ["", "intranet", "8.8.8.8", "10.0.0.1/8", "224.0.0.0/4"])
def test_what_cannot_be_allowed_is_told(given: str) -> None:
    with pytest.raises(SettingsError, match="--allow-private"):
        AddressRules.allowing([given])


@given(st.ip_addresses(v=4))
def test_every_address_of_the_table_is_refused_and_no_other(address: object) -> None:
    is_special = any(address in special.network for special in special_networks())
    assert bool(AddressRules().why_refused(str(address))) == is_special


def checked(host: str, resolver: object = None, **more: object) -> Sequence[str]:
    settings = {"rules": AddressRules(), "resolver": resolver or names(), "seconds": 5.0, "source": "s", **more}
    return checked_addresses(host, 80, **settings)  # type: ignore[arg-type]


def test_a_name_that_leads_to_a_private_address_beside_a_public_one_is_refused() -> None:
    with pytest.raises(RefusedError, match=r"leads to 10\.0\.0\.1, which is private"):
        checked("news.example", names(news_example=["1.1.1.1", "10.0.0.1"]))


def test_a_number_that_the_system_takes_for_this_machine_is_refused() -> None:
    for host in ("127.1", "2130706433", "0x7f000001", "localhost"):
        with pytest.raises((RefusedError, FetchError)) as told:
            checked(host, looked_up)
        assert "this machine" in str(told.value) or "not found" in str(told.value)


def test_a_name_that_is_not_found_may_be_found_later() -> None:
    with pytest.raises(FetchError, match=r"the name nowhere\.example was not found") as told:
        checked("nowhere.example")
    assert told.value.is_temporary
    assert not isinstance(told.value, RefusedError)


def test_a_resolver_that_takes_too_long_is_not_waited_for() -> None:
    def slow(_: str, __: int) -> Sequence[str]:
        time.sleep(5)
        return ["1.1.1.1"]

    begun = time.monotonic()
    with pytest.raises(FetchError, match="in time"):
        checked("slow.example", slow, seconds=0.1)
    assert time.monotonic() - begun < 3
