"""Which version of a survey a window uses, and the one change it may still have: a wording slip corrected."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from survey.administration.faults import N_, Refused
from survey.catalogue import Catalogue
from survey.instruments import stored
from survey.instruments.model import Instrument
from survey.instruments.stored import Differences, WordsChanged
from survey.storage import Store, instruments, windows
from survey.storage.windows import WindowState


@dataclass(frozen=True, slots=True)
class ChangedSinceUse:
    """A survey of which the content no longer says what was used under the same version."""

    survey: str
    version: str
    differences: Differences


def changed_since_use(store: Store, catalogue: Catalogue) -> tuple[ChangedSinceUse, ...]:
    """Every survey that was changed without a new version after a window had used it."""
    found = []
    with store.reading() as db:
        for survey, now in sorted(catalogue.instruments.items()):
            used = _used(db, now)
            if used and stored.digest(used) != stored.digest(now):
                found.append(ChangedSinceUse(survey, now.version, stored.differences(used, now)))
    return tuple(found)


def use(db: Connection, catalogue: Catalogue, survey: str) -> int:
    """The id of the stored instrument for this survey, which is stored if it never was.

    Raises ``Refused`` for a survey that the content does not have, or that it changed without a new version.
    """
    now = _present(catalogue, survey)
    known = instruments.find(db, survey, now.version)
    if known is None:
        return instruments.add(db, now)
    used = instruments.read(db, known.id, known.digest)
    changed = stored.differences(used, now)
    if changed.substance:
        raise Refused(
            N_(
                "Version %(version)s of %(survey)s was used before, and asked otherwise: %(changes)s. Give it a new version."
            ),
            version=now.version,
            survey=survey,
            changes="; ".join(changed.substance),
        )
    if changed.words:
        raise Refused(
            N_(
                "Version %(version)s of %(survey)s was used before in other words: %(changes)s. Give it a new version, "
                "or correct the words of the window that is open (survey window reword)."
            ),
            version=now.version,
            survey=survey,
            changes="; ".join(_place(change) for change in changed.words),
        )
    return known.id


def reword(store: Store, catalogue: Catalogue, name: str, today: date) -> tuple[WordsChanged, ...]:
    """Correct the words of a window's instrument to those of the content, and return what changed.

    What was corrected stays in the codebook, dated, with the words before. Raises ``Refused`` where
    more than words differs, nothing does, or the window takes no answers any more.
    """
    with store.writing() as db:
        windows.wait_for_turn(db)
        window = windows.find(db, name)
        if window is None:
            raise Refused(N_("There is no window %(name)s."), name=name)
        if windows.state(window, today) in _NO_LONGER_ANSWERED:
            raise Refused(N_("%(name)s is closed: its words stay as they were answered."), name=name)
        used = windows.instrument(db, window)
        now = _present(catalogue, window.survey)
        if now.version != used.version:
            raise Refused(
                N_("The content has version %(now)s of %(survey)s; %(name)s uses %(used)s."),
                now=now.version,
                survey=window.survey,
                name=name,
                used=used.version,
            )
        changed = stored.differences(used, now)
        if changed.substance:
            raise Refused(
                N_("More than words is different: %(changes)s. Nothing was changed."),
                changes="; ".join(changed.substance),
            )
        if not changed.words:
            raise Refused(N_("%(name)s reads like the content: there is nothing to correct."), name=name)
        instruments.replace(db, window.instrument_id, stored.reworded(used, now, today))
    return changed.words


_NO_LONGER_ANSWERED = (WindowState.ENDED, WindowState.SEALED, WindowState.RELEASED)


def _present(catalogue: Catalogue, survey: str) -> Instrument:
    found = catalogue.instruments.get(survey)
    if found is None:
        raise Refused(
            N_("There is no survey %(survey)s; the content has %(known)s."),
            survey=survey,
            known=", ".join(sorted(catalogue.instruments)),
        )
    return found


def _used(db: Connection, now: Instrument) -> Instrument | None:
    known = instruments.find(db, now.survey, now.version)
    return instruments.read(db, known.id, known.digest) if known else None


def _place(change: WordsChanged) -> str:
    return f"{change.path} ({change.language})" if change.language else change.path
