"""The example of the documentation as an analysis, with what a test wants to be different."""

import csv
from datetime import date
from pathlib import Path

import numpy as np

from openbalint.reports.analysis import Analysis, Format, Measured, Rows, render
from openbalint.reports.contents import contents
from openbalint.reports.document import Document
from openbalint.reports.words import Tag, Words
from openbalint.stats.analyze import ArmData, Plan, analyze, analyze_summary
from openbalint.tables.codebook import Codebook
from openbalint.tables.language import translator

EXAMPLES = Path(__file__).parents[2] / "docs/examples"
USUAL, UNLABELLED = Plan(), Codebook()
DAY = date(2026, 11, 23)
NAMES = ("emotional_exhaustion", "depersonalization", "reduced_accomplishment", "self_efficacy")
NAN = float("nan")
EDGES = {
    "an arm of one": ("aaaabbbbc", [1, 2, 3, 4, 2, 3, 4, 6, 5], [2, 2, 4, 3, 1, 5, 2, 4, 3]),
    "an arm without values": ("aaaabbbbcc", [1, 2, 3, 4, 2, 3, 4, 6, 5, 1], [2, 2, 4, 3, 1, 5, 2, 4, NAN, NAN]),
    "arms that are alike": ("aaaabbbbcccc", [1, 2, 3, 4] * 3, [2, 4, 3, 5] * 3),
    "a baseline that does not vary": ("aaaabbbb", [1] * 8, [2, 4, 3, 5, 2, 2, 1, 4]),
    "nothing varies": ("aaabbb", [1] * 6, [2] * 6),
    "one arm": ("aaaa", [1, 2, 3, 4], [2, 2, 4, 3]),
    "seven arms": ("aaabbbcccdddeeefffggg", list(range(21)), [i * i % 17 + i // 3 for i in range(21)]),
}
CHINESE = Codebook(
    {
        "emotional_exhaustion": "情绪衰竭",
        "self_efficacy": "一般自我效能感",
        "emotional_exhaustion_pre": "情绪衰竭（干预前）",
    },
    {"group": {"balint": "巴林特督导组", "conventional": "常规督导组", "blank": "空白对照组"}},
)


def people() -> list[dict[str, str]]:
    with (EXAMPLES / "seed_reconstruction.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def trial(
    *,
    plan: Plan = USUAL,
    missing: dict[str, tuple[int, ...]] | None = None,
    sex: bool = False,
    names: tuple[str, ...] = NAMES,
    arms: dict[str, str] | None = None,
    codebook: Codebook = UNLABELLED,
    synthetic: bool = True,
    title: str | None = None,
) -> Analysis:
    """`missing` names columns and the rows without a value there; `arms` renames arms in the data themselves."""
    rows = people()

    def column(name: str) -> np.ndarray:
        values = np.array([float(row[name]) for row in rows])
        values[list((missing or {}).get(name, ()))] = np.nan
        return values

    arm = [(arms or {}).get(row["group"], row["group"]) for row in rows]
    outcomes = {
        name: Measured(f"{name}_pre", column(f"{name}_pre"), f"{name}_post", column(f"{name}_post")) for name in names
    }
    composition = {"sex": [("female", "male", None)[i % 3] if i % 7 else None for i in range(len(rows))]} if sex else {}
    pairs = {name: (one.pre, one.post) for name, one in outcomes.items()}
    return Analysis(
        file="seed_reconstruction.csv", plan=plan, codebook=codebook, synthetic=synthetic, title=title,
        result=analyze(arm=arm, outcomes=pairs, composition=composition, plan=plan),
        rows=Rows("id", [row["id"] for row in rows], "group", arm, outcomes, composition),
    )  # fmt: skip


def small(arms: str, pre: list[float], post: list[float]) -> Analysis:
    """One outcome, an arm a letter."""
    before, after = np.array(pre, dtype=float), np.array(post, dtype=float)
    rows = Rows(
        "id", [str(i) for i in range(len(arms))], "arm", list(arms), {"y": Measured("y 1", before, "y 2", after)}
    )
    return Analysis("small.csv", USUAL, analyze(arm=list(arms), outcomes={"y": (before, after)}), rows=rows)


def printed(plan: Plan = USUAL) -> Analysis:
    """The printed table alone."""
    summary: dict[str, dict[str, ArmData]] = {}
    with (EXAMPLES / "table1.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            summary.setdefault(row["outcome"], {})[row["arm"]] = ArmData.from_summary(
                n=int(row["n"]), pre_mean=float(row["pre_mean"]), pre_sd=float(row["pre_sd"]),
                post_mean=float(row["post_mean"]), post_sd=float(row["post_sd"]), change_sd=float(row["d_sd"]),
            )  # fmt: skip
    return Analysis("table1.csv", plan, analyze_summary(outcomes=summary, plan=plan), summary=summary)


def rendered(analysis: Analysis, kind: Format = "html", language: Tag = "en") -> bytes:
    return render(analysis, format=kind, language=language, gettext=translator(language), day=DAY)


def document(analysis: Analysis, language: Tag = "en") -> tuple[Document, Words]:
    words = Words(language, translator(language))
    return contents(analysis, words, DAY), words
