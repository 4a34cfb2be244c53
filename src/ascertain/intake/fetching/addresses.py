"""Which servers may be asked: names are resolved here, and each address that comes out is looked up in a table."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from ascertain.intake.fetching.errors import FetchError, RefusedError
from ascertain.model import DataFileError, SettingsError

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
Resolver = Callable[[str, int], Sequence[str]]

ALL_PRIVATE = "all"
MOST_ADDRESSES = 8
_TABLE = "networks.tsv"
_TRANSLATED = IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are the IPv4 address that is meant


@dataclass(frozen=True, slots=True)
class SpecialNetwork:
    """A network that no publisher is in: what it is, and whether a person may allow it."""

    network: Network
    kind: str
    is_allowable: bool


@dataclass(frozen=True, slots=True)
class AddressRules:
    """Which addresses may be connected to: all of the public internet, and the networks that a person allowed.

    >>> AddressRules().why_refused("192.168.1.7")
    'private (192.168.0.0/16)'
    >>> AddressRules().why_refused("::ffff:127.0.0.1")
    'this machine (127.0.0.0/8)'
    >>> AddressRules.allowing(["192.168.1.0/24"]).why_refused("192.168.1.7") is None
    True
    >>> AddressRules.allowing(["all"]).why_refused("169.254.169.254")
    "a cloud's metadata service (169.254.169.254/32)"
    """

    allowed: tuple[Network, ...] = ()

    @classmethod
    def allowing(cls, given: Sequence[str]) -> AddressRules:
        """The rules that also allow these private networks or addresses, or `all` that can be allowed.

        Raises:
            SettingsError: one is no network, or is none that may be allowed.
        """
        if ALL_PRIVATE in given:
            return cls(tuple(special.network for special in special_networks() if special.is_allowable))
        return cls(tuple(_allowed(network) for network in given))

    def why_refused(self, address: str) -> str | None:
        """What speaks against connecting to the address; `None` where nothing does."""
        try:
            meant = _meant(ip_address(address.partition("%")[0]))
        except ValueError:
            return "no address"
        within = [special for special in special_networks() if meant in special.network]
        if not within:
            return None
        narrowest = max(within, key=lambda special: special.network.prefixlen)
        if narrowest.is_allowable and any(meant in network for network in self.allowed):
            return None
        return f"{narrowest.kind} ({narrowest.network})"


def _meant(address: Address) -> Address:
    """The IPv4 address that an IPv6 address stands for, if it does; else the address."""
    if isinstance(address, IPv4Address):
        return address
    if address.ipv4_mapped:
        return address.ipv4_mapped
    if address in _TRANSLATED:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def _allowed(given: str) -> Network:
    try:
        network = ip_network(given)
    except ValueError:
        raise SettingsError(
            f"--allow-private {given}: no address or network; write one such as 10.1.0.0/16, or {ALL_PRIVATE}"
        ) from None
    if any(special.is_allowable and network.overlaps(special.network) for special in special_networks()):
        return network
    raise SettingsError(f"--allow-private {given}: no private network; public ones need no leave")


@cache
def special_networks() -> tuple[SpecialNetwork, ...]:
    """The table of networks that are not of the public internet.

    Raises:
        DataFileError: a line of it is at fault.
    """
    text = resources.files("ascertain.intake.fetching").joinpath(_TABLE).read_text("utf-8")
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line and not line.startswith("#")]
    return tuple(_special(number, line) for number, line in lines[1:])


def _special(number: int, line: str) -> SpecialNetwork:
    try:
        network, kind, allow, _ = line.split("\t")
        return SpecialNetwork(ip_network(network), kind, {"yes": True, "no": False}[allow])
    except (ValueError, KeyError) as fault:
        remedy = "write network, what it is, yes or no, and a source, parted by tabs"
        raise DataFileError(f"no special network ({fault})", source=_TABLE, line=number, remedy=remedy) from None


def looked_up(host: str, port: int) -> Sequence[str]:
    """The addresses of a name, as the system's resolver gives them.

    Raises:
        OSError: it has none, or none is to be had now.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def checked_addresses(
    host: str, port: int, *, rules: AddressRules, resolver: Resolver, seconds: float, source: str
) -> tuple[str, ...]:
    """The addresses to connect to for a host, each of which was checked.

    A name of which one address is refused is refused whole: an honest publisher's names lead to no private network.

    Raises:
        RefusedError: an address is one that we do not go to.
        FetchError: the name leads nowhere, or the resolver takes too long.
    """
    literal = host.strip("[]")
    try:
        found: Sequence[str] = [str(ip_address(literal))]
    except ValueError:
        found = _resolved(host, port, resolver, seconds, source)
    for address in found:
        why = rules.why_refused(address)
        if why is not None:
            problem = f"{host} leads to {address}, which is {why}"
            raise RefusedError(problem, source=source, remedy=_remedy(address))
    return tuple(found[:MOST_ADDRESSES])


def _remedy(address: str) -> str:
    """What to do about an address that is refused: allow it, where it may be allowed at all."""
    if AddressRules.allowing([ALL_PRIVATE]).why_refused(address) is None:
        return f"if that server is meant, allow it with --allow-private {address}"
    return "it is never asked; leave it out"


def _resolved(host: str, port: int, resolver: Resolver, seconds: float, source: str) -> Sequence[str]:
    """What the resolver finds; it works in a thread, since the system's one cannot be told to stop."""
    answers: list[Sequence[str]] = []
    faults: list[Exception] = []

    def ask() -> None:
        try:
            answers.append(resolver(host, port))
        except (OSError, UnicodeError) as fault:
            faults.append(fault)

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(seconds)
    if answers and answers[0]:
        return answers[0]
    told = f" ({faults[0]})" if faults else "" if answers else " in time"
    problem = f"the name {host} was not found{told}"
    raise FetchError(problem, source=source, remedy="check the address, and the connection", is_temporary=True)
