"""Small datasets none of whose projects state what most do, and one with names alone."""

from __future__ import annotations

HEAD = """
[dataset]
title = "A park"
currency = "CNY"

[[industries]]
id = "energy"
name = "Energy"

[[industries]]
id = "other"
name = "Other"

[[sources]]
id = "paper"
title = "Signed"
"""
STAGES = """
[[stages]]
id = "signed"
name = "Signed"
"""
PROJECT = """
[[projects]]
id = "{id}"
name = "{id} works"
{more}
"""
MORE = 'industries = ["energy"]\nsources = ["paper"]\ndistrict = "North"\n'
DATASETS = {
    "names": [PROJECT.format(id=each, more="") for each in ("wind", "hydro")],
    "no-amounts": [
        HEAD + STAGES,
        PROJECT.format(
            id="wind", more=f'{MORE}stage = "signed"\nstage_date = 2024-05-06'
        ),
        PROJECT.format(id="hydro", more=MORE),
    ],
    "no-stages": [
        HEAD,
        PROJECT.format(id="wind", more=f"{MORE}investment = 3_000_000_000"),
        PROJECT.format(id="hydro", more=MORE),
    ],
}
