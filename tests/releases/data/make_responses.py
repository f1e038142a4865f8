"""Writes responses.csv: 600 made-up answers with the traps that a release has to get right.

Run from this folder: python make_responses.py. The same file comes out each time.

Two tiny schools; families who sent nothing; lines that are alike; a question that nearly everybody
agrees to, everywhere or at one school only; a question that only four families were asked, and one
asked of few at some schools; blanks, don't knows and answers nobody gives; background answers that
few give, several marked at once, and a background question that many leave blank.
"""

import csv
import random
from pathlib import Path

SCHOOLS = {
    "arroyo": (148, {"g9_12": 1.0}),
    "bay-view": (120, {"k_2": 0.5, "g3_5": 0.5}),
    "dunes": (104, {"g6_8": 1.0}),
    "encina": (88, {"k_2": 0.55, "g3_5": 0.45}),
    "fern-hill": (72, {"k_2": 0.45, "g3_5": 0.48, "g6_8": 0.07}),
    "harbor": (54, {"k_2": 0.6, "g3_5": 0.4}),
    "cove": (8, {"k_2": 0.6, "g6_8": 0.4}),
    "gull-rock": (6, {"g3_5": 1.0}),
}
COLUMNS = (
    "site", "language", "v.1", "v.2", "v.3", "p.1", "p.2", "s.el", "s.1", "s.boat", "s.2", "s.3",
    "b.grades", "b.home_language", "b.race", "b.programs", "b.children",
)  # fmt: skip


def main() -> None:
    draw = random.Random(20261112)
    rows = [row(draw, school, bands) for school, (size, bands) in SCHOOLS.items() for _ in range(size)]
    for empty in draw.sample(rows, 7):
        empty.update({name: "" for name in COLUMNS if name[:2] in {"v.", "p.", "s."}})
    # Four families come by boat, at two schools; everybody else was never asked about it.
    for number, sailor in enumerate([*of(rows, "bay-view")[:3], *of(rows, "dunes")[:1]]):
        sailor.update({"s.boat": "1", "s.2": "4" if number < 3 else "1", "v.1": "4"})
    # Lines that are alike in everything are families all the same.
    for number in range(0, 40, 2):
        rows[number + 1] = dict(rows[number])
    draw.shuffle(rows)
    with Path("responses.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def of(rows: list[dict[str, str]], school: str) -> list[dict[str, str]]:
    return [row for row in rows if row["site"] == school and row["v.1"]]


def pick(draw: random.Random, shares: dict[str, float]) -> str:
    return draw.choices(list(shares), list(shares.values()))[0]


def row(draw: random.Random, school: str, bands: dict[str, float]) -> dict[str, str]:
    """One family. Spanish-speaking families answer in Spanish mostly, and like what they see a little less."""
    home = pick(draw, {"en": 0.55, "es": 0.27, "en_es": 0.08, "other": 0.05, "no_answer": 0.02, "": 0.03})
    spanish = home in {"es", "en_es"}
    language = pick(draw, {"es": 0.75, "en": 0.25} if spanish else {"en": 0.98, "es": 0.02})
    learning = pick(draw, {"1": 0.5, "2": 0.4, "0": 0.1} if spanish else {"1": 0.04, "2": 0.93, "0": 0.03})
    like = 0.62 if spanish else 0.75
    agree = {"4": like * 0.45, "3": like * 0.55, "2": (1 - like) * 0.7, "1": (1 - like) * 0.3}
    asked = learning == "1"
    return {
        "site": school,
        "language": language,
        "v.1": pick(draw, {**agree, "0": 0.06, "": 0.05}),
        # Nearly everybody feels welcome, and nearly everybody at Harbor met with a teacher.
        "v.2": pick(draw, {"4": 0.7, "3": 0.29, "2": 0.004, "1": 0.004, "0": 0.04}),
        "v.3": pick(draw, {"1": 0.97, "2": 0.03} if school == "harbor" else {"1": 0.7, "2": 0.25, "": 0.05}),
        "p.1": barriers(draw),
        "p.2": pick(draw, {"text": 0.55, "email": 0.3, "call": 0.1, "paper": 0.04, "flag": 0.002, "": 0.03}),
        "s.el": learning,
        "s.1": pick(draw, {**agree, "0": 0.1, "": 0.05}) if asked else "",
        "s.boat": pick(draw, {"2": 0.97, "0": 0.03}),
        "s.2": "",
        "s.3": draw.choice(["", "", "", "Gracias por todo", "More buses, please"]),
        "b.grades": grades(draw, bands),
        "b.home_language": home,
        "b.race": races(draw, home),
        "b.programs": pick(
            draw,
            {"el": 0.3, "none": 0.5, "": 0.2} if asked else {"iep": 0.08, "none": 0.77, "unsure": 0.03, "": 0.12},
        ),
        "b.children": pick(draw, {"1": 0.6, "2": 0.35, "": 0.05}),
    }  # fmt: skip


def barriers(draw: random.Random) -> str:
    whole = pick(draw, {"some": 0.6, "nothing": 0.3, "no_answer": 0.04, "": 0.06})
    if whole != "some":
        return whole
    marked = [
        code for code, share in (("times", 0.7), ("care", 0.45), ("boats", 0.01)) if draw.random() < share
    ]
    return ";".join(marked or ["times"])


def grades(draw: random.Random, bands: dict[str, float]) -> str:
    first = pick(draw, bands)
    others = [band for band in bands if band != first and draw.random() < 0.15]
    return pick(draw, {";".join([first, *others]): 0.93, "no_answer": 0.02, "": 0.02})


def races(draw: random.Random, home: str) -> str:
    if home in {"es", "en_es"}:
        return pick(draw, {"hispanic": 0.85, "hispanic;white": 0.1, "": 0.05})
    return pick(
        draw,
        {"white": 0.6, "asian": 0.13, "black": 0.09, "hispanic": 0.06, "aian": 0.006, "nhpi": 0.008,
         "asian;white": 0.06, "no_answer": 0.02, "": 0.03},
    )  # fmt: skip


if __name__ == "__main__":
    main()
