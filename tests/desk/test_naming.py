"""Every code of the taxonomy and the model has words."""

from typing import get_args

import pytest

from ascertain.desk import naming
from ascertain.model import Grading, Group, Modality, NegotiationStatus, Outcome, Sector, TargetType
from ascertain.taxonomy import event_types, means


@pytest.mark.parametrize(
    ("names", "codes"),
    [
        (naming.TYPES, tuple(event_types())),
        (naming.GRADINGS, get_args(Grading)),
        (naming.OUTCOMES, get_args(Outcome)),
        (naming.GROUPS, get_args(Group)),
        (naming.SECTORS, get_args(Sector)),
        (naming.STATUSES, get_args(NegotiationStatus)),
        (naming.TARGETS, get_args(TargetType)),
        (naming.MEANS, tuple(means())),
        (naming.MODALITIES, get_args(Modality)),
    ],
)
def test_every_code_has_words(names: naming.Names, codes: tuple[str, ...]) -> None:
    assert set(names) == set(codes)
