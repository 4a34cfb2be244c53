import random
from collections.abc import Iterable
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ascertain.incidents import copies as copy_groups
from ascertain.incidents import shared_runs
from ascertain.incidents.copies import Copies, copies_among
from ascertain.incidents.lineage import Lineage, trace
from ascertain.incidents.shared_runs import candidates
from ascertain.incidents.sketch import SHINGLES, sketch
from ascertain.incidents.wordings import NONE, WORDS, Wording, likeness
from ascertain.model import Reading, Report, ReportHeader

from .copying import EDITS, copies, invented, reading, sentences

# least recall of each edit; "30 % rewritten" changes every third word by a word of another report
LEAST = {"20 % rewritten": 0.8, "30 % rewritten": 0.1, "cut and added to": 0.6}
ORIGINALS = invented()[:60]


def traced(*reports: Report) -> Lineage:
    return trace(map(reading, reports))


@pytest.mark.parametrize("edit", EDITS)
def test_copies_are_found_and_nothing_else_is(edit: str) -> None:
    made = copies(edit, ORIGINALS)
    found = traced(*ORIGINALS, *made)
    joined = [found.origin(one.id) == found.origin(copy.id) for one, copy in zip(ORIGINALS, made, strict=True)]
    assert sum(joined) >= LEAST.get(edit, 0.95) * len(joined)
    groups = {found.copies(one.id) for one in made}
    mixed = [group for group in groups if len({one.removesuffix(f"-{edit}") for one in group}) > 1]
    assert len(mixed) <= (1 if "added" in edit else 0)


def test_invented_reports_are_nobodys_copies() -> None:
    found = traced(*invented(0))
    assert [group for group in {found.copies(one.id) for one in invented(0)} if len(group) > 1] == []


def report(name: str, text: str, **more: object) -> Report:
    return Report(id=name, text=text, **more)  # type: ignore[arg-type]


FIRST = (
    "Gunmen on motorbikes attacked the market of Tindara on Friday, killing at least nine traders, officials said. "
    "The attackers came at noon, when the market was full, and set fire to stalls and two lorries loaded with grain. "
    '"They shot at anything that moved, and nobody came to help us until the evening," said Awa Sow, a spice seller. '
    "Soldiers reached the village after dark. Schools in the district stay closed until further notice."
)
SECOND = (
    "Residents of Tindara buried their dead on Saturday, a day after an assault on the village's weekly market. "
    "A nurse at the health post counted eleven bodies and treated 17 wounded, four of them children. "
    '"They shot at anything that moved, and nobody came to help us until the evening," Awa Sow told this newspaper. '
    "The governor blamed armed bandits and promised reinforcements; no group has said that it carried out the raid."
)


def test_two_reports_that_share_a_quotation_are_no_copies() -> None:
    found = traced(report("a", FIRST), report("b", SECOND))
    assert found.origin("a") == "a"
    assert found.origin("b") == "b"


def test_set_phrases_make_no_copies() -> None:
    names = ["Barren", "Costa", "Dunmore", "Esker", "Farid", "Gilani", "Hosna", "Imrali"]
    frame = (
        "On March {day}, {low} civilians were reportedly killed in an alleged air strike on a house in {name}. "
        "{own} Where sources identified the belligerent, all sources attributed the strike to the air force. "
        "The incident occurred during the night. The local time of the incident is unknown."
    )
    own = [" ".join(sentences(one.text)[:5]) for one in ORIGINALS[:8]]
    made = [report(name, frame.format(day=n + 2, low=n + 3, name=name, own=own[n])) for n, name in enumerate(names)]
    found = traced(*made)
    assert all(found.copies(name) == (name,) for name in names)


def test_a_roundup_of_two_reports_joins_neither() -> None:
    a, b, c = ORIGINALS[0], ORIGINALS[1], ORIGINALS[2]
    roundup = report("roundup", f"{a.text}\n\n{b.text}\n\n{c.text}")
    found = traced(a, b, c, roundup)
    assert [found.origin(one.id) for one in (a, b, c, roundup)] == [a.id, b.id, c.id, "roundup"]


def test_a_thousand_papers_with_one_text_and_a_line_of_their_own_are_one() -> None:
    text = ORIGINALS[0].text
    chance = random.Random(3)
    made = [
        report(f"p{n}", f"{text} " + " ".join(f"w{chance.randrange(10**6)}" for _ in range(12))) for n in range(300)
    ]
    found = traced(*made, *ORIGINALS[1:20])
    assert len(found.copies("p0")) == 300


def test_a_short_text_is_a_copy_only_of_its_like() -> None:
    found = traced(
        report("a", "Two killed in Zarnek."),
        report("b", "Two killed in Zarnek."),
        report("c", FIRST + " Two killed in Zarnek."),
    )
    assert found.copies("a") == ("a", "b")
    assert found.copies("c") == ("c",)


def test_readings_without_a_sketch_or_words_are_each_their_own() -> None:
    bare = [Reading(report=ReportHeader(id=name)) for name in ("a", "b")]
    empty = [Reading(report=ReportHeader(id=name), sketch=sketch(report(name, "—"))) for name in ("c", "d")]
    found = trace([*bare, *empty])
    assert [found.origin(name) for name in "abcd"] == list("abcd")


def test_likeness_is_a_share_of_each() -> None:
    text = ORIGINALS[0].text
    half = " ".join(sentences(text)[: len(sentences(text)) // 2])
    wording = Wording.of([sketch(report("a", text)), sketch(report("b", half))])
    ((first, second),) = list(candidates(wording.runs))
    alike = likeness(wording, first, second)
    assert alike.second[0] == 1.0
    assert 0.2 < alike.first[0] < 0.8
    assert alike.words[0] > 0.95


def test_no_reports_have_no_groups() -> None:
    assert copies_among(Wording.of([])).tolist() == []
    assert list(candidates(Wording.of([]).runs)) == []
    assert np.array_equal(Wording.joined([]).runs, Wording.of([]).runs)


@st.composite
def wordings(draw: st.DrawFn) -> Wording:
    """Up to 40 wordings put together from a dozen paragraphs, so that many share some, in all degrees."""
    chance = draw(st.randoms(use_true_random=False))
    paragraphs = [[chance.randrange(2**32 - 1) for _ in range(chance.choice((5, 9, 14)))] for _ in range(12)]
    rows = []
    for _ in range(draw(st.integers(1, 40))):
        chosen = chance.sample(paragraphs, chance.choice((0, 1, 2, 2, 3, 4)))
        own = [chance.randrange(2**32 - 1) for _ in range(chance.choice((0, 0, 2, 8)))]
        rows.append(sorted({run for paragraph in chosen for run in paragraph} | set(own))[:SHINGLES])
    runs, words = (np.full((len(rows), size), NONE, dtype=np.uint32) for size in (SHINGLES, WORDS))
    for row, (told, kept) in enumerate(zip(runs, words, strict=True)):
        told[: len(rows[row])] = rows[row]
        kept[: len(rows[row])] = rows[row][:WORDS]
    return Wording(runs, words)


def partition(groups: Iterable[int]) -> set[tuple[int, ...]]:
    found: dict[int, list[int]] = {}
    for row, group in enumerate(groups):
        found.setdefault(group, []).append(row)
    return set(map(tuple, found.values()))


@settings(max_examples=150, deadline=None)
@given(wordings(), st.data())
def test_wordings_that_come_day_by_day_are_grouped_as_all_at_once(told: Wording, data: st.DataObject) -> None:
    size = len(told.runs)
    order = np.array(data.draw(st.permutations(range(size))), dtype=np.int64)
    cuts = sorted(data.draw(st.lists(st.integers(0, size), max_size=4)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shared_runs, "COMMON", 4)
        patch.setattr(shared_runs, "NEAREST", 1)
        once = copies_among(told).tolist()
        patch.setattr(copy_groups, "_ANEW", 0)
        known, which = Copies.none(), np.full(size, -1, dtype=np.int64)
        for begin, end in pairwise([0, *cuts, size]):
            known, which[order[begin:end]] = known.plus(told.of_rows(order[begin:end]))
        assert partition(known.groups_of(which).tolist()) == partition(once)
