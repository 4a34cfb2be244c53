"""Original speakers: one voice, however reports call it.

In: the words by which a report names who says something. Out: a `voice`: the agency, the public body of a country, the
party of the lexicon, or the name; `None` for people without a name ("residents", "a doctor"), whom only their own
report tells apart. Two speakers share a voice only where that is all but sure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files

from ascertain.actors import find_parties_and_states
from ascertain.actors.nations import nations
from ascertain.incidents.agencies import agency_named, speaker_words
from ascertain.incidents.counts import PARTICLES
from ascertain.incidents.sketch import stop_words
from ascertain.reading.words import LANGUAGE, table, word_set
from ascertain.taxonomy import read_table

COLUMNS = ("words", "body", "home")
_SPOKEN_FOR = re.compile(
    r"(?:(?:an?|the|its|their) )?(?:(?:chief|military|army|official) )?"
    r"(?:spokes(?:man|woman|person|people)|statement|media office|press office|press service|media wing|media arm)"
    r"(?: (?:for|of|from|by|at))?(?: the)?",
    re.IGNORECASE,
)
_NAME = re.compile(r"[A-ZÀ-ÖØ-Þ][\w'’.-]*|(?:al|el|an|as|ad|ash)-[\w'’.-]+")
_SPOKESMAN = re.compile(r"\bspokes(?:man|woman|person|people)\b")
_AFTER_BODY = re.compile(r"(?: statement)?(?: (?:in|of|for) [^,]*| \([^)]*\))?")
_SPEAKS_FOR = re.compile(
    r"(?:[a-z-]+ ){0,3}?(?:spokes(?:man|woman|person|people)|statement) (?:for|of|from|by) (?:the )?"
)
_RELATING = re.compile(r"\b(?:of|for|in|at|from|by|with|near|to|on|and|or|who|whose)\b")
_GENERAL_KINDS = ("medical", "journalist", "official", "military", "armed_group", "resident", "witness")


@cache
def bodies() -> Mapping[str, tuple[str, bool]]:
    """Public bodies by their words, each with its name here and whether it speaks of its own country only.

    Raises:
        DataFileError: the table has a fault, or words stand for two bodies.
    """
    found: dict[str, tuple[str, bool]] = {}
    for row in read_table(files(__package__) / "bodies.tsv", COLUMNS, key="body"):
        for words in row.many("words"):
            if words != words.lower() or words in found:
                raise row.fault(f"{words!r} is in capitals or stands twice", "write it once, in lower case")
            found[words] = (row["body"], row.flag("home"))
    return found


@cache
def _body_words() -> re.Pattern[str]:
    longest = sorted(bodies(), key=lambda words: (-len(words), words))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b")


@lru_cache(maxsize=1 << 16)
def voice(words: str, country: str | None = None) -> str | None:
    """The voice that these words name; `country` is where the report says it happened.

    >>> voice("Gaza's health ministry"), voice("the Hamas-run health ministry"), voice("the health ministry", "PS")
    ('health ministry/PS', 'health ministry/PS', 'health ministry/PS')
    >>> voice("an Israeli military spokesman"), voice("the IDF"), voice("a Reuters reporter"), voice("two residents")
    ('state:IL/forces', 'state:IL/forces', 'agency:reuters', None)
    >>> voice("the mayor, Oumar Guindo"), voice("International Organization for Migration"), voice("Moscow")
    ('oumar guindo', 'party:iom', 'state:RU/government')
    >>> voice("hospital doctor Adam Lindo"), voice("a spokesman for Amnesty International"), voice("the Tide group")
    ('adam lindo', 'party:amnesty', 'tide')
    """
    words = " ".join(words.replace("’", "'").split())
    if agency := agency_named(words):
        return f"agency:{agency}"
    if found := _body_words().search(words.lower()):
        return _body(words, found, country) if _speaks_itself(words, found) else _person(words)
    return _party(words) or _government(words) or _name(words) or _described(words, country)


def _described(words: str, country: str | None) -> str | None:
    """The voice of a name that words for what it is stand before, or after: "teacher Ruth Naji", "the Tide group"."""
    if found := _SPEAKS_FOR.match(words):
        return _voice_of_name(words[found.end() :], country)
    plain = re.sub(r"^(?:the|an?) ", "", words, flags=re.IGNORECASE)
    named, _, head = plain.rpartition(" ")
    if head in speaker_words("organisations"):
        return _voice_of_name(named if head in speaker_words("dropped") else f"{named} {head.capitalize()}", country)
    last = _last_name(plain) or _after_title(plain)
    return _voice_of_name(last, country) if last else None


def _after_title(words: str) -> str | None:
    """A single name after a title: "Kharkiv governor Syniehubov"."""
    before, _, name = words.rpartition(" ")
    return name if before.rpartition(" ")[2].lower() in speaker_words("titles") else None


def _voice_of_name(name: str, country: str | None) -> str | None:
    return voice(name, country) if _capitals(name) else None


def _body(words: str, found: re.Match[str], country: str | None) -> str | None:
    """A public body of a country; none where nothing tells of which country."""
    body, home = bodies()[found[0]]
    own = _country(words) or (country if home else None)
    return f"{body}/{own}" if own else None


def _speaks_itself(words: str, body: re.Match[str]) -> bool:
    """Whether the body speaks, by itself or its spokesman: no officer, patient or neighbour of it."""
    low = words.lower()
    if _SPOKESMAN.search(low):
        return True
    before, after = low[: body.start()], low[body.end() :]
    head, _, rest = after.lstrip().partition(" ")
    if head in speaker_words("branches"):
        after = f" {rest}" if rest else ""
    if _RELATING.search(before) and "statement" not in before:
        return False
    return _AFTER_BODY.fullmatch(after) is not None and not speaker_words("members") & {*low.split()}


def _country(words: str) -> str | None:
    parties, states = find_parties_and_states(re.sub(r"-(?=[a-z])", " ", words))
    countries = {mention.country for mention in (*parties, *states) if mention.country}
    return countries.pop() if len(countries) == 1 else None


def _party(words: str) -> str | None:
    """A party that speaks as itself or by its spokesman; not one of its members, nor those whom it harmed."""
    parties, states = find_parties_and_states(words)
    known = {mention.id for mention in (*parties, *states) if mention.id and mention.known}
    if len(known) != 1:
        return None
    first = min((*parties, *states), key=lambda mention: mention.span)
    rest = f"{words[: first.span[0]]} {words[first.span[1] :]}".replace("'s", "").replace("’s", "").split(",")[0]
    if _SPOKESMAN.search(rest.lower()) and (name := _last_name(rest)):
        rest = _without_rank(rest.removesuffix(name))
    rest = re.sub(r"^(?:the|an?)$", "", " ".join(rest.split()), flags=re.IGNORECASE)
    rest = re.sub(r"^(?:the|an?) (?=\w)", "", rest, flags=re.IGNORECASE)
    return known.pop() if not rest or _SPOKEN_FOR.fullmatch(rest) else None


def _without_rank(words: str) -> str:
    """Words without the titles that end them: "spokesman Lt. Col." is a spokesman."""
    parts = words.split()
    while len(parts) > 1 and not _SPOKESMAN.search(parts[-1].lower()):
        if parts[-1].lower().rstrip(".") not in speaker_words("titles"):
            break
        parts.pop()
    return " ".join(parts)


def _government(words: str) -> str | None:
    """The government that a capital stands for."""
    return next((f"state:{code}/government" for code, nation in nations().items() if words in nation.capitals), None)


def _person(words: str) -> str | None:
    """The name of a person after the words that say who that is: "the mayor, Oumar Guindo", "police chief Ali Naji"."""
    last = words.rsplit(",", 1)[-1].strip() if "," in words else _last_name(words) or ""
    name = _capitals(last)
    return name if name and len(name.split()) > 1 else None


def _last_name(words: str) -> str | None:
    """The name, of two words at least, that ends words for what somebody is; what stands in, of or for it is none."""
    parts = words.split()
    titles, at = speaker_words("titles"), len(parts)
    while at and (_NAME.fullmatch(parts[at - 1]) or (parts[at - 1] in PARTICLES and at < len(parts))):
        if parts[at - 1].lower().rstrip(".") in titles:
            break
        at -= 1
    while at < len(parts) and parts[at] in PARTICLES:
        at += 1
    before = " ".join(parts[:at])
    return " ".join(parts[at:]) if at and len(parts) - at > 1 and not _RELATING.search(before.lower()) else None


def _name(words: str) -> str | None:
    """A name in lower case: of a person without titles, or of an organisation; long ones by their initials."""
    parts = [part.strip() for part in words.split(",")]
    names = [name for part in parts if (name := _capitals(part))]
    if not names:
        return None
    name = max(names, key=lambda one: len(one.split()) > 1)
    if words.isupper() and len(words) > 6:
        return None
    content = [word for word in name.split() if word not in speaker_words("particles")]
    return "".join(word[0] for word in content) if len(content) > 2 and {"for", "of"} & {*name.split()} else name


def _capitals(part: str) -> str | None:
    """The words of a part, in lower case, if all but titles before them have capitals."""
    words = part.split()
    titles, particles = speaker_words("titles"), speaker_words("particles")
    while words and (words[0].lower().rstrip(".") in titles or words[0].lower() in ("a", "an", "the")):
        words = words[1:]
    if not words or words[0] in particles or titles & {word.lower().rstrip(".") for word in words}:
        return None
    if len(words) == 1 and words[0].lower() in _general():
        return None
    if not all(_NAME.fullmatch(word) or word in particles for word in words):
        return None
    kept = [word.lower().rstrip(".") for word in words]
    return " ".join(kept) if any(len(word) > 2 for word in kept) or words[0].isupper() else None


@cache
def _general() -> frozenset[str]:
    """Single words that name nobody, even with a capital: "Villagers", "They", "Israeli"."""
    kinds = [row for row in table("attribution")["kind"] if row["kind"] in _GENERAL_KINDS]
    spoken = {word for row in kinds for word in row.get("words", "").split()}
    nationals = {word.lower().removeprefix("=") for nation in nations().values() for word in nation.adjectives}
    heads = word_set("attribution", "bodies") | word_set("attribution", "nobody") | word_set("attribution", "mute")
    return frozenset(spoken | nationals) | heads | stop_words(LANGUAGE) | speaker_words("general")


def introduced(words: str, country: str | None = None) -> tuple[str, str] | None:
    """The full name of the person whom the words name, and the voice that this is; a report may call them by it, or by
    its last word, later on.

    >>> introduced("police spokesman Omer Adam", "SD"), introduced("Jemal Nuru"), introduced("the police", "SD")
    (('omer adam', 'police/SD'), ('jemal nuru', 'jemal nuru'), None)
    """
    words = " ".join(words.replace("’", "'").split())
    known = voice(words, country)
    if known is None:
        return None
    name = _person(words) or known
    return (name, known) if " " in name and not {"/", ":"} & {*name} else None


def in_full(name: str, people: Iterable[tuple[str, str]]) -> str:
    """The voice of the one person among `people` who has this name, or whose name it ends; else the name itself.

    >>> in_full("nuru", [("jemal nuru", "jemal nuru"), ("omer adam", "police/SD")])
    'jemal nuru'
    """
    if "/" in name or ":" in name:
        return name
    known = {voice for full, voice in people if full == name or full.endswith(f" {name}")}
    return known.pop() if len(known) == 1 else name
