"""What others have changed is kept without the datasets that it was found in."""

from __future__ import annotations

from hypothesis import given

from hunnan_tui.analysis.diff import compare_datasets
from hunnan_tui.analysis.diff_text import build_sections
from hunnan_tui.analysis.news import make_lasting
from hunnan_tui.core.model import Dataset
from tests.strategies import datasets


@given(datasets(), datasets(), datasets())
def test_a_difference_that_is_kept_says_the_same(
    first: Dataset, second: Dataset, third: Dataset
) -> None:
    before = None
    for old, new in ((first, second), (second, third)):
        found = compare_datasets(old, new, own=True)
        kept = make_lasting(found, before)
        assert list(build_sections(kept)) == list(build_sections(found))
        assert len(kept.new.projects) <= len(found.added) + 2 * len(
            (*found.changed, *found.renamed, *found.gone)
        )
        if before is not None:
            assert kept.old.sources is before.new.sources
        before = kept
