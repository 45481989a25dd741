"""Measures of agreement against published values (docs/agreement.md names the sources)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from annotator.domain import measures
from annotator.domain.measures import (
    Continuum,
    Unit,
    alpha,
    alpha_of_shares,
    alpha_of_two,
    cohen_kappa,
    fleiss_kappa,
    gwet_ac1,
    interval,
    scott_pi,
    shares,
    table,
)

n = None
# Krippendorff 2011: four observers, twelve units.
A = [1, 2, 3, 3, 2, 1, 4, 1, 2, n, n, n]
B = [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, n, 3]
C = [n, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, n]
D = [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, n]
# Krippendorff 1980, page 139: nine units, three observers.
K80 = [(1, 1, 1), (1, 2, 2), (2, 2, 2), (4, 4, 4), (1, 4, 4), (2, 2, 2), (1, 2, 3), (3, 3, 3), (2, 2, 2)]
# Wikipedia: three coders, fifteen units.
W = [
    [n, n, n, n, n, 3, 4, 1, 2, 1, 1, 3, 3, n, 3],
    [1, n, 2, 1, 3, 3, 4, 3, n, n, n, n, n, n, n],
    [n, n, 2, 1, 3, 4, 4, n, 2, 1, 1, 3, 3, n, 4],
]
# Hayes and Krippendorff 2007, page 84: forty units, five observers, in rows.
HK = (
    "11 2n2;1101n;2333n;n00n0;000n0;000n0;102n1;1n20n;222n2;2111n;n100n;0000n;1222n;33223;111n1;111n1;212n2;1233n;"
    "1101n;000n0;0011n;00n00;2333n;0000n;12n22;0111n;00010;1212n;1122n;112n2;110n0;2121n;22n22;3222n;222n2;223n2;"
    "222n2;22n12;2222n;111n1"
).replace(" ", "")
# Fleiss 1971: thirty patients, six psychiatrists, five categories.
F = (
    "444444 222555 233335 555555 222444 113333 333355 113334 114444 555555 144444 124444 222333 144444 224445 333335"
    " 111455 111112 224444 133555 555555 244444 224555 114444 144445 222224 111155 224444 133333 555555"
)
FLEISS_WIKI = [
    [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
]  # fmt: skip


@pytest.mark.parametrize(
    ("scale", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_alpha_of_krippendorffs_example(scale: measures.Scale, published: float) -> None:
    assert alpha(list(zip(A, B, C, D, strict=True)), scale) == pytest.approx(published, abs=0.0006)


@pytest.mark.parametrize(("scale", "published"), [("nominal", 0.691358), ("interval", 0.810845)])
def test_alpha_of_wikipedias_example(scale: measures.Scale, published: float) -> None:
    assert alpha(list(zip(*W, strict=True)), scale) == pytest.approx(published, abs=1e-6)


def test_alpha_of_two_observers() -> None:
    meg, owen = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    assert alpha(list(zip(meg, owen, strict=True))) == pytest.approx(0.0952, abs=0.0001)
    ben_and_gerry = list(zip("aabbdcccedda", "babbbccceddd", strict=True))
    assert alpha(ben_and_gerry) == pytest.approx(0.6920, abs=0.0001)
    values = sorted({one for pair in ben_and_gerry for one in pair})
    assert alpha_of_two(table(ben_and_gerry, values)) == pytest.approx(0.6920, abs=0.0001)
    assert alpha_of_shares(shares(ben_and_gerry, values)) == pytest.approx(0.6920, abs=0.0001)


@pytest.mark.parametrize(("scale", "published"), [("nominal", 0.642), ("interval", 0.547), ("ratio", 0.483)])
def test_alpha_of_krippendorff_1980(scale: measures.Scale, published: float) -> None:
    assert alpha(K80, scale) == pytest.approx(published, abs=0.0006)


@pytest.mark.parametrize(
    ("units", "published"),
    [(list(zip(A, B, C, D, strict=True)), 0.743), (list(zip(*W, strict=True)), 0.691358), (K80, 0.642)],
)
def test_alpha_of_many_coders_from_what_is_pooled(units: list[tuple[int | None, ...]], published: float) -> None:
    values = sorted({one for unit in units for one in unit if one is not None})
    assert alpha_of_shares(shares(units, values)) == pytest.approx(published, abs=0.0006)
    # Counted in two halves and added up, as articles are.
    halves = shares(units[:4], values) + shares(units[4:], values)
    assert alpha_of_shares(halves) == pytest.approx(alpha(units), abs=1e-9)


def test_alpha_ordinal_of_hayes_and_krippendorff() -> None:
    units = [[None if sign == "n" else int(sign) for sign in unit] for unit in HK.split(";")]
    assert len(units) == 40 and alpha(units, "ordinal") == pytest.approx(0.7598, abs=0.0001)


def test_kappa_and_alpha_of_fleiss() -> None:
    rows = [[patient.count(str(category)) for category in range(1, 6)] for patient in F.split()]
    assert fleiss_kappa(np.array(rows, dtype=float)) == pytest.approx(0.4302, abs=0.0001)
    assert alpha([list(map(int, patient)) for patient in F.split()]) == pytest.approx(0.4334, abs=0.0001)
    assert fleiss_kappa(np.array(FLEISS_WIKI, dtype=float)) == pytest.approx(0.2099, abs=0.0001)


@pytest.mark.parametrize(
    ("counts", "published"),
    [
        ([[88, 14, 18], [10, 40, 10], [2, 6, 12]], 0.4915),
        ([[25, 12, 3], [13, 2, 15], [12, 16, 2]], -0.0923),
        ([[20, 5], [10, 15]], 0.4),
        ([[45, 15], [25, 15]], 0.1304),
        ([[25, 35], [5, 35]], 0.2593),
        ([[20, 10], [20, 50]], 0.348),
    ],
)
def test_kappa_of_cohen_and_others(counts: list[list[int]], published: float) -> None:
    assert cohen_kappa(np.array(counts, dtype=float)) == pytest.approx(published, abs=0.0006)


C45 = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]
C37 = [[25, 12, 3], [13, 2, 15], [12, 16, 2]]


@pytest.mark.parametrize(
    ("counts", "published"),
    [([[8, 1], [0, 1]], 0.8658), (C45, 0.57597), (C37, -0.04797), ([[80, 7], [8, 5]], 0.808)],
)
def test_ac1_of_gwet(counts: list[list[int]], published: float) -> None:
    assert gwet_ac1(np.array(counts, dtype=float)) == pytest.approx(published, abs=0.0006)


@pytest.mark.parametrize(("counts", "published"), [([[8, 1], [0, 1]], 0.6078), ([[20, 10], [20, 50]], 0.341)])
def test_pi_of_scott(counts: list[list[int]], published: float) -> None:
    assert scott_pi(np.array(counts, dtype=float)) == pytest.approx(published, abs=0.0006)


def test_ac1_does_not_count_values_that_nobody_used() -> None:
    counts = np.array([[8, 1, 0], [0, 1, 0], [0, 0, 0]], dtype=float)
    assert gwet_ac1(counts) == pytest.approx(0.8658, abs=0.0006)


def test_a_digitised_pair_of_krippendorff_1995() -> None:
    pairs = list(zip("001111111100001111110000", "000011110000000110000000", strict=True))
    counts = table(pairs, "01")
    assert cohen_kappa(counts) == pytest.approx(0.3846, abs=0.0001)
    assert alpha_of_two(counts) == pytest.approx(0.3286, abs=0.0001)
    assert scott_pi(counts) == pytest.approx(0.314, abs=0.0006)


ALEX: Sequence[Unit] = [(0, 7, "1"), (7, 13, "2"), (30, 32, "5"), (32, 37, "6"), (37, 44, "6"), (44, 60, "7")]
PAUL: Sequence[Unit] = [(0, 7, "1"), (7, 13, "3"), (13, 21, "5"), (32, 44, "6")]
SUZAN: Sequence[Unit] = [(0, 7, "1"), (7, 13, "4"), (13, 21, "5"), (32, 37, "6"), (37, 41, "6"), (41, 44, "6")]


def u_alpha(coders: Sequence[Sequence[Unit]], length: int) -> float | None:
    values = sorted({str(value) for units in coders for _, _, value in units})
    found = Continuum(coders, length, values)
    return measures.u_alpha(found.shared, found.squares)


def test_u_alpha_of_alex_paul_and_suzan() -> None:
    assert u_alpha([ALEX, PAUL, SUZAN], 60) == pytest.approx(0.510, abs=0.0005)
    alike = [[(start, end, "x") for start, end, _ in units] for units in (ALEX, PAUL, SUZAN)]
    assert u_alpha(alike, 60) == pytest.approx(0.4136, abs=0.0005)


def test_what_is_not_defined_is_none() -> None:
    one_category = np.array([[5.0, 0.0], [0.0, 0.0]])
    assert cohen_kappa(one_category) is None and alpha_of_two(one_category) is None
    assert scott_pi(one_category) is None and gwet_ac1(one_category) is None
    assert scott_pi(np.zeros((2, 2))) is None and gwet_ac1(np.zeros((2, 2))) is None
    assert cohen_kappa(np.zeros((2, 2))) is None and alpha([]) is None and alpha([[1, 1], [1, 1]]) is None
    assert measures.f1(0, 0, 0) is None and u_alpha([[], []], 60) is None


def test_perfect_agreement_is_one() -> None:
    assert u_alpha([ALEX, ALEX], 60) == pytest.approx(1.0)
    assert measures.f1(3, 3, 3) == 1.0 and cohen_kappa(np.diag([2.0, 3.0])) == 1.0


def test_the_interval_holds_the_pooled_value_and_is_always_the_same() -> None:
    per_article = [np.array([[right, 1.0], [1.0, right]]) for right in (1.0, 2.0, 3.0, 4.0, 5.0, 6.0)]
    found = interval(per_article, cohen_kappa)
    pooled = cohen_kappa(np.sum(per_article, axis=0))
    assert found is not None and pooled is not None and found[0] < pooled < found[1]
    assert found == interval(per_article, cohen_kappa)
    assert interval(per_article[:1], cohen_kappa) is None
