"""robots.txt: what a publisher lets a crawler of our name read, after RFC 9309.

Parsing never fails: what is no rule is passed over, as the RFC asks (2.2), and only the first 500 KiB count (2.5).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote_from_bytes

MOST_BYTES = 500 * 1024
_LINE = re.compile(r"\s*([A-Za-z-]+)\s*:\s*([^#]*)")
_PRODUCT = re.compile(r"[A-Za-z_-]+")
_ESCAPE = re.compile(rb"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_SAFE = "%/:?#[]@!$&'()*+,;="
_MOST_STARS = 50


@dataclass(frozen=True, slots=True)
class Rule:
    """One line that allows or disallows paths; in its prefix `*` stands for anything, and a last `$` for the end."""

    path: str
    allows: bool

    def matches(self, path: str) -> bool:
        """Whether the rule speaks of a path, which is escaped as `comparable` does it.

        >>> Rule("/*.pdf$", allows=False).matches("/a/b.pdf"), Rule("/*.pdf$", allows=False).matches("/b.pdf?x")
        (True, False)
        """
        whole = self.path.endswith("$")
        parts = (self.path[:-1] if whole else self.path).split("*")
        return _found_in_order(parts, path, whole=whole)


def _found_in_order(parts: list[str], path: str, *, whole: bool) -> bool:
    """Whether the parts stand in the path one after the other, the first at its start (no backtracking, so no trap)."""
    if not path.startswith(parts[0]):
        return False
    at = len(parts[0])
    if len(parts) == 1:
        return not whole or at == len(path)
    for part in parts[1:-1]:
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    if whole:
        return len(path) - len(parts[-1]) >= at and path.endswith(parts[-1])
    return path.find(parts[-1], at) >= 0


@dataclass(frozen=True, slots=True)
class Robots:
    """What one robots.txt says to one crawler.

    Attributes:
        rules: of the groups that speak to it.
        crawl_delay: the seconds that it asks to leave between requests; no part of the RFC, but often written.

    >>> robots = robots_from(b"User-agent: *\\nDisallow: /archive/\\nAllow: /archive/2024", "ascertain")
    >>> robots.allows("/archive/1999"), robots.allows("/archive/2024/rafah")
    (False, True)
    """

    rules: tuple[Rule, ...] = ()
    crawl_delay: float | None = None

    def allows(self, path: str) -> bool:
        """Whether a path with its query may be read: the longest rule that speaks of it decides, allowing if two do."""
        target = comparable(path.encode("utf-8", "surrogateescape"))
        if target == "/robots.txt":
            return True
        speaking = [rule for rule in self.rules if rule.matches(target)]
        return max(speaking, key=lambda rule: (len(rule.path), rule.allows)).allows if speaking else True


ALL_ALLOWED = Robots()
NONE_ALLOWED = Robots((Rule("/", allows=False),))


def robots_from(data: bytes, product: str) -> Robots:
    """What a robots.txt says to the crawler of a name; to all, where it does not name it.

    Args:
        data: the file, of which the first 500 KiB count.
        product: the crawler's name, without its version.
    """
    own: list[tuple[str, str]] = []
    general: list[tuple[str, str]] = []
    is_named = False
    for names, lines in _groups(data[:MOST_BYTES]):
        if product.lower() in names:
            is_named = True
            own.extend(lines)
        if "*" in names:
            general.extend(lines)
    lines = own if is_named else general
    rules = tuple(_rule(key, value) for key, value in lines if key != "crawl-delay" and value)
    delays = [delay for key, value in lines if key == "crawl-delay" and (delay := _delay(value)) is not None]
    return Robots(rules, max(delays, default=None))


def _groups(data: bytes) -> Iterator[tuple[set[str], list[tuple[str, str]]]]:
    """Each group: the names that it speaks to, in small letters, and its lines as key and value."""
    names: set[str] = set()
    lines: list[tuple[str, str]] = []
    for key, value in _lines(data):
        if key == "user-agent":
            if lines:
                yield names, lines
                names, lines = set(), []
            names.add(_product(value))
        elif names and key in {"allow", "disallow", "crawl-delay"}:
            lines.append((key, value))
    yield names, lines


def _lines(data: bytes) -> Iterator[tuple[str, str]]:
    text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")
    for line in re.split(r"[\r\n]+", text):
        if (match := _LINE.match(line)) is not None:
            yield match[1].lower(), match[2].strip()


def _product(value: str) -> str:
    """The name in a `User-agent` line: what stands after it, such as a version, does not count (2.2.1)."""
    match = _PRODUCT.match(value)
    return match[0].lower() if match else value[:1]


def _rule(key: str, value: str) -> Rule:
    path = value if value.startswith(("/", "*")) else f"/{value}"
    path = "*".join(re.split(r"\*+", path)[:_MOST_STARS])
    return Rule(comparable(path.encode("utf-8", "surrogateescape")), key == "allow")


def _delay(value: str) -> float | None:
    try:
        delay = float(value)
    except ValueError:
        return None
    return delay if 0 <= delay < 1e9 else None


def comparable(path: bytes) -> str:
    """A path written so that two ways of writing the same compare equal (2.2.2).

    >>> comparable("/ق".encode()), comparable(b"/%d9%82/%61")
    ('/%D9%82', '/%D9%82/a')
    """

    def plain(match: re.Match[bytes]) -> bytes:
        byte = int(match[1], 16)
        return bytes([byte]) if byte in _UNRESERVED else b"%" + match[1].upper()

    return quote_from_bytes(_ESCAPE.sub(plain, path), safe=_SAFE)
