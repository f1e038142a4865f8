"""What anybody can try who has a copy of the database and need not know how it keeps rows."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from random import Random
from uuid import UUID

from campaigns.codes_plant import Dump, WithCodes, dump
from campaigns.sealing_attacks import Worth, by_guesses

from survey.storage import Store


def of_one(store: Store, known: WithCodes) -> Iterator[Worth]:
    """Site, channel and language of one dump: a code goes with a coded answer of its school.

    Where the dump does not tell which codes were used, any that was printed may have been.
    """
    now = dump(store, known.planted.window)
    spent = [digest for digest, (_, uses_left) in now.codes.items() if not uses_left]
    coded = [key for key, (_, _, channel, _) in now.responses.items() if channel == "code"]
    yield _matched("site x channel x language", known, now, spent or known.evening.codes, coded)


def of_two(known: WithCodes) -> Worth:
    """Two dumps a day apart: what was spent between them goes with what was stored between them.

    It is about those families alone; chance is to guess each one's answers among all of its school.
    """
    before, after = known.evening, known.next_evening
    spent = [d for d, (_, left) in after.codes.items() if left < before.codes[d][1]]
    coded = [key for key, (_, _, channel, _) in after.responses.items() if channel == "code"]
    new = [key for key in coded if key not in before.responses]
    worth = _matched("two dumps a day apart", known, after, spent, new)
    there = Counter(after.responses[key][0] for key in coded)
    by_chance = sum(1 / there[after.responses[key][0]] for key in new)
    return replace(worth, of=len(new), by_chance=by_chance)


def _matched(attack: str, known: WithCodes, seen: Dump, spent: Iterable[str], coded: Iterable[UUID]) -> Worth:
    """Within each school, in an order that knows nothing; languages smallest first, which the codes do not have."""
    chance = Random(2)
    by_site: defaultdict[int, list[str]] = defaultdict(list)
    for key in sorted(coded, key=lambda key: (seen.responses[key][3], key)):
        site_id, packed, _, _ = seen.responses[key]
        by_site[site_id].append(packed)
    guesses = {}
    for digest in chance.sample(sorted(spent), len(set(spent))):
        answers = by_site[known.evening.codes[digest][0]]
        if answers:
            guesses[digest] = answers.pop(0)
    return by_guesses(attack, known.planted, guesses)
