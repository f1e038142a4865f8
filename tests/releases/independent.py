"""What a release must hold, computed a second time: from the raw file, with pandas, and nothing of the program.

Written from the definitions of docs/decisions (what may be published, numbers), not from the code that it checks.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from statistics import NormalDist

import pandas as pd
import yaml

# A figure is known by (site, item, measure, option, breakdown, group) and has
# (n, percent, low, high, status); a group by (site, breakdown, group) and has (n, status).
Key = tuple[str, ...]
Z = NormalDist().inv_cdf(0.975)


@dataclass
class Question:
    """One choice item, as the content file has it."""

    id: str
    many: bool
    codes: list[str]
    liked: set[str]
    scored: bool
    unsure: set[str]
    invalid: set[str]
    shown_if: tuple[str, str] | None
    rated: bool
    background: bool
    use: str
    band: bool


@dataclass
class Expected:
    """Everything a release must hold, and nothing more."""

    rows: dict[str, tuple[str, ...]]
    respondents: int
    empty: int
    sizes: dict[Key, int]  # of every group, hidden ones too
    groups: dict[Key, tuple[int | None, str]]
    figures: dict[Key, tuple[int | None, int | None, int | None, int | None, str]]


def expected(content: Path, responses: Path, sites: Path, k: int = 11) -> Expected:
    """The release of these answers, all collected by one channel."""
    return _Release(
        questions(content), _answers(responses), list(pd.read_csv(sites, dtype=str).slug), k
    ).made()


def questions(content: Path) -> list[Question]:
    """The choice items of the one survey in a content file, in order."""
    document = yaml.safe_load(content.read_text())
    scales = {scale["id"]: scale["options"] for scale in document["scales"]}
    blocks = {block["id"]: block["items"] for block in document["blocks"]}
    (survey,) = document["surveys"]
    asked = [(item, False) for section in survey["sections"] for item in section["items"]]
    asked += [(item, True) for block in survey["blocks"] for item in blocks[block]]
    return [_question(item, scales, background) for item, background in asked if item["type"] != "text"]


def _question(item: dict, scales: dict, background: bool) -> Question:
    options = scales[item["scale"]] if "scale" in item else item["options"]
    missing = {str(o["code"]) for o in options if o.get("missing")}
    show = item.get("show_if")
    return Question(
        id=item["id"],
        many=item["type"] == "multi",
        codes=[str(o["code"]) for o in options],
        liked={str(o["code"]) for o in options if o.get("favorable")},
        scored=any("favorable" in o for o in options) and item["type"] == "single",
        unsure=missing - {"no_answer"},
        invalid=missing,
        shown_if=(show["item"], str(show["code"])) if show else None,
        rated=not background and not item.get("filter", False),
        background=background,
        use=item.get("use", ""),
        band=item["id"].rsplit(".", 1)[-1].startswith("grade"),
    )


def _answers(file: Path) -> pd.DataFrame:
    answers = pd.read_csv(file, dtype=str, keep_default_na=False)
    return answers if "language" in answers else answers.assign(language="")


class _Release:
    def __init__(self, asked: list[Question], raw: pd.DataFrame, schools: list[str], k: int) -> None:
        self.k = k
        self.asked = [q for q in asked if not q.background]
        self.chosen = {}  # for each question, the set of codes each family chose; None where not shown
        for question in asked:
            codes = raw[question.id].map(lambda text: frozenset(text.split(";")) - {""})
            if question.shown_if:
                item, code = question.shown_if
                codes = codes.where(raw[item] == code)
            self.chosen[question.id] = codes
        answered = pd.concat(
            [self.chosen[q.id].map(lambda c: isinstance(c, frozenset) and bool(c)) for q in asked if q.rated],
            axis=1,
        ).any(axis=1)
        self.empty = int((~answered).sum())
        self.chosen = {item: codes[answered] for item, codes in self.chosen.items()}
        raw = raw[answered]
        self.rows = self._rows(raw.site.value_counts().reindex(schools, fill_value=0))
        row_of = {school: slug for slug, members in self.rows.items() for school in members}
        self.site = raw.site.map(row_of)
        self.breakdowns: dict[str, pd.Series] = {}
        self.order: dict[str, list[str]] = {}
        self.district_only = {q.id for q in asked if "district level only" in q.use}
        for question in asked:
            if question.use.startswith("reporting group"):
                self._part(question.id, *self._one_answer(question), band=question.band)
        languages = raw.language.replace("", None)
        self._part("language", languages, [code for code in ("en", "es") if (languages == code).any()])

    def made(self) -> Expected:
        self._draw()
        self._choose()
        groups: dict[Key, tuple[int | None, str]] = {}
        figures = {}
        for key, members in self.shown.items():
            if key[1]:
                groups[key] = (len(members), "merged" if key in self.merged else "published")
            for question in self.asked:
                for measure, option, values in self._figures(key, members, question):
                    figures[key[0], question.id, measure, option, key[1], key[2]] = values
        for key in self.hidden:
            groups[key] = (None, "withheld")
            for question in self.asked:
                measure = "favorable" if question.scored else "option"
                figures[key[0], question.id, measure, "", key[1], key[2]] = (
                    None,
                    None,
                    None,
                    None,
                    "withheld",
                )
        sizes = {key: len(members) for key, members in self.members.items()}
        return Expected(self.rows, len(self.site), self.empty, sizes, groups, figures)

    # -- who is counted with whom

    def _rows(self, sizes: pd.Series) -> dict[str, tuple[str, ...]]:
        """Schools under k together; if they are under k together, the smallest other school with them."""
        small = sorted(sizes[sizes < self.k].index)
        large = sizes[sizes >= self.k].sort_index().sort_values(kind="stable")
        if small and sizes[small].sum() < self.k:
            small = sorted([*small, large.index[0]])
            large = large.iloc[1:]
        rows = {school: (school,) for school in large.index}
        return rows | ({"+".join(small): tuple(small)} if small else {})

    def _one_answer(self, question: Question) -> tuple[pd.Series, list[str]]:
        order = [code for code in question.codes if code not in question.invalid]

        def one(codes: frozenset[str]) -> str | None:
            valid = codes - question.invalid
            return None if not valid else next(iter(valid)) if len(valid) == 1 else "several"

        return self.chosen[question.id].map(one), [*order, "several"] if question.many else order

    def _part(self, name: str, answers: pd.Series, order: list[str], *, band: bool = False) -> None:
        """One group for everybody: those who said nothing, small bands of a school, small groups of the district."""
        answers = answers.astype(object).where(answers.notna(), None)
        silent = answers.isna()

        def largest(among: pd.Series) -> str:
            counts = among.value_counts()
            return max(order, key=lambda code: (counts.get(code, 0), -order.index(code)))

        if Fraction(int(silent.sum()), len(answers)) < Fraction(5, 100):
            answers = answers.copy()
            for slug in self.rows:
                there = self.site == slug
                home = answers[there & ~silent] if band and (there & ~silent).any() else answers[~silent]
                answers[there & silent] = largest(home)
        else:
            order = [*order, "not_stated"]
            answers = answers.where(~silent, "not_stated")
        if band:
            answers = answers.copy()
            for slug in self.rows:
                there = answers[self.site == slug]
                counts = there.value_counts()
                small = [code for code, count in counts.items() if count < self.k]
                answers[there[there.isin(small)].index] = largest(there)
        parts = [[code] for code in order]
        size = lambda part: (int(answers.isin(part).sum()), order.index(part[0]))  # noqa: E731
        while len(parts) > 1 and size(min(parts, key=size))[0] < self.k:
            first, second = sorted(parts, key=size)[:2]
            joined = sorted(first + second, key=order.index)
            parts = [part for part in parts if part not in (first, second)] + [joined]
        parts.sort(key=lambda part: order.index(part[0]))
        if len(parts) > 1:
            names = {code: "+".join(part) for part in parts for code in part}
            self.breakdowns[name] = answers.map(names)
            self.order[name] = ["+".join(part) for part in parts]

    # -- which groups are shown

    def _draw(self) -> None:
        """Who is in every group, and every published total with the groups it is the sum of."""
        everybody = self.site.index
        self.members: dict[Key, pd.Index] = {("", "", ""): everybody}
        for slug in self.rows:
            self.members[slug, "", ""] = everybody[self.site == slug]
        for name, groups in self.breakdowns.items():
            for group in self.order[name]:
                self.members["", name, group] = everybody[groups == group]
        # Every table whose margins are published: the cells of each row, then of each column.
        self.lines: list[tuple[Key, list[Key]]] = [(("", "", ""), [(slug, "", "") for slug in self.rows])]
        for name in self.breakdowns:
            self.lines.append((("", "", ""), [("", name, group) for group in self.order[name]]))
        site_tables = [name for name in self.breakdowns if name not in self.district_only]
        for name in site_tables:
            groups = self.order[name]
            for slug in self.rows:
                for group in groups:
                    both = (self.site == slug) & (self.breakdowns[name] == group)
                    self.members[slug, name, group] = everybody[both]
            self.lines += [((slug, "", ""), [(slug, name, g) for g in groups]) for slug in self.rows]
            self.lines += [(("", name, g), [(slug, name, g) for slug in self.rows]) for g in groups]
        self._draw_pairs()

    def _draw_pairs(self) -> None:
        for one, other in combinations(self.breakdowns, 2):
            name = f"{one};{other}"
            for a in self.order[one]:
                for b in self.order[other]:
                    both = (self.breakdowns[one] == a) & (self.breakdowns[other] == b)
                    self.members["", name, f"{a};{b}"] = self.site.index[both]
            self.lines += [
                (("", one, a), [("", name, f"{a};{b}") for b in self.order[other]]) for a in self.order[one]
            ]
            self.lines += [
                (("", other, b), [("", name, f"{a};{b}") for a in self.order[one]]) for b in self.order[other]
            ]

    def _choose(self) -> None:
        """Which groups are shown, and which are shown as one."""
        sizes = {key: len(members) for key, members in self.members.items()}
        hidden = self._hide(sizes, {key for key, size in sizes.items() if size < self.k}, self.lines)
        self.hidden = hidden
        self.merged: set[Key] = set()
        self.shown = {key: members for key, members in self.members.items() if key not in hidden}
        lines = []
        for total, parts in self.lines:
            rest = [part for part in parts if part in hidden]
            people = sum(sizes[part] for part in rest)
            if total[0] and people >= self.k and len(rest) < len(parts):
                merged = (total[0], parts[0][1], "+".join(part[2] for part in rest))
                self.shown[merged] = self.site.index[
                    self.site.index.isin(set().union(*(self.members[p] for p in rest)))
                ]
                self.merged.add(merged)
                parts = [*(part for part in parts if part not in hidden), merged]  # noqa: PLW2901
            lines.append((total, parts))
        self.lines = lines
        self.refused = {q.id: self._refused(q) for q in self.asked if q.shown_if}

    def _hide(self, sizes: dict[Key, int], hidden: set[Key], lines: list[tuple[Key, list[Key]]]) -> set[Key]:
        """Two or more groups of people, and k or more people, behind every published total; or all of it."""
        hidden = set(hidden)
        while True:
            before = len(hidden)
            for total, parts in lines:
                if total in hidden:
                    hidden |= set(parts)
                    continue
                while True:
                    people = [sizes[part] for part in parts if part in hidden and sizes[part]]
                    left = [part for part in parts if part not in hidden]
                    if not people or not left or (len(people) >= 2 and sum(people) >= self.k):
                        break
                    hidden.add(min(left, key=lambda part: sizes[part]))
            if len(hidden) == before:
                return hidden

    def _refused(self, question: Question) -> set[Key]:
        """Those asked a "shown if" item are a group of their own, and so are those not asked."""
        asked = self.chosen[question.id].notna()
        everybody = {**self.members, **self.shown}
        sizes = {key: int(asked[members].sum()) for key, members in everybody.items()}
        small = {key for key, size in sizes.items() if size < self.k} | self.hidden
        apart = {key for key, members in self.shown.items() if 0 < len(members) - sizes[key] < self.k}
        return self._hide(sizes, small, self.lines) | apart

    # -- the figures of one question in one group

    def _figures(self, key: Key, members: pd.Index, question: Question) -> Iterator[tuple[str, str, tuple]]:
        headline = "favorable" if question.scored else "option"
        if question.shown_if and key in self.refused[question.id]:
            yield headline, "", (None, None, None, None, "no_base")
            return
        chosen = self.chosen[question.id][members].dropna()
        valid = chosen[chosen.map(lambda codes: bool(codes - question.invalid))]
        unsure = chosen.drop(valid.index).map(lambda codes: bool(codes & question.unsure)).astype(bool)
        rests = (len(members) - len(valid), len(chosen) - len(valid))
        n = len(valid) if all(rest == 0 or rest >= self.k for rest in rests) else None
        merged = key in self.merged

        def printed(count: int, base: int, n: int | None, together: bool = False) -> tuple:
            if _capped(count, base):
                return n, None, None, None, "capped"
            low, high = _wilson(count, base)
            status = "merged" if together or merged else "published"
            return n, _whole(Decimal(100 * count) / Decimal(base)), low, high, status

        if len(valid) < self.k:
            yield headline, "", (None, None, None, None, "no_base")
        else:
            counts = {c: int(valid.map(lambda codes, c=c: c in codes).sum()) for c in question.codes}
            for code in question.invalid:
                del counts[code]
            if question.scored:
                liked = sum(count for code, count in counts.items() if code in question.liked)
                yield "favorable", "", printed(liked, len(valid), n)
            for part, together in _parts(question, counts, len(valid)):
                count = sum(counts[code] for code in part)
                yield "option", "+".join(part), printed(count, len(valid), n, together)
        base = len(valid) + int(unsure.sum())
        if question.unsure and base >= self.k:
            rests = (len(members) - base, len(chosen) - base, base - len(valid))
            n = base if all(rest == 0 or rest >= self.k for rest in rests) else None
            yield "dont_know", "", printed(int(unsure.sum()), base, n)


def _parts(question: Question, counts: dict[str, int], n: int) -> list[tuple[list[str], bool]]:
    """Which options are one figure, and whether that is so because of a cap on one of them."""
    if question.many:
        return [([code], False) for code in counts]
    if question.scored:
        found = []
        for side in (
            [c for c in counts if c in question.liked],
            [c for c in counts if c not in question.liked],
        ):
            if _capped(sum(counts[code] for code in side), n):
                found.append((side, False))
            elif len(side) > 1 and any(_capped(counts[code], n) for code in side):
                found.append((side, True))
            else:
                found += [([code], False) for code in side]
        return [part for part in found if part[0]]
    order = list(counts)
    parts = [[code] for code in order]
    size = lambda part: (sum(counts[code] for code in part), order.index(part[0]))  # noqa: E731
    while len(parts) > 2 and _capped(size(min(parts, key=size))[0], n):
        first, second = sorted(parts, key=size)[:2]
        joined = sorted(first + second, key=order.index)
        parts = [part for part in parts if part not in (first, second)] + [joined]
    return [(part, len(part) > 1) for part in sorted(parts, key=lambda part: order.index(part[0]))]


def _capped(count: int, n: int) -> bool:
    percent = 20 if n < 20 else 10 if n < 40 else 5 if n < 100 else 2 if n < 300 else 1
    margin = max(Fraction(percent, 100) * n, Fraction(3))
    return count <= margin or count >= n - margin


def _wilson(count: int, n: int) -> tuple[int, int]:
    p = count / n
    middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z / (1 + Z * Z / n) * (p * (1 - p) / n + Z * Z / (4 * n * n)) ** 0.5
    return _whole(Decimal(100 * (middle - half))), _whole(Decimal(100 * (middle + half)))


def _whole(number: Decimal) -> int:
    return int(number.quantize(Decimal(1), ROUND_HALF_UP))
