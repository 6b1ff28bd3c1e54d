"""The official test cases of the data set: never train, tune or choose a threshold on them."""

from __future__ import annotations

from collections.abc import Iterable

# The test cases of Cruz-Roa et al. 2014 (SPIE 9041) and Janowczyk & Madabhushi 2016 (J Pathol
# Inform 7:29), whose published results are judged on them.
IDS = """
8864 8916 8918 9073 9075 9125 9176 9181 9225 9250 9254 9261 9290 9322
9347 9382 10255 10259 10273 10274 10276 10286 10292 10295 10301 10303 10306 10307
12821 12826 12881 12895 12905 12906 12907 12909 13023 13106 13401 13402 13403 13458
13460 13687 14081 14189 14191 15515 16550
"""
OFFICIAL_TEST_PATIENTS = frozenset(IDS.split())


def official_test_among(patients: Iterable[str]) -> tuple[str, ...]:
    """Those of the given patients that are official test cases, sorted."""
    return tuple(sorted(OFFICIAL_TEST_PATIENTS.intersection(patients)))
