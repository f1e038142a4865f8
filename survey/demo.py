"""The made-up district: schools, staff and answers that show every page something, clearly marked as invented."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from uuid import UUID

from survey import catalogue
from survey.administration import staff, windows
from survey.catalogue import Catalogue
from survey.collection import submit
from survey.instruments.answers import Answers
from survey.instruments.model import Instrument, Item, ItemType, Role
from survey.releases import make
from survey.settings import Settings
from survey.storage import Store, enrolment, installation, sites
from survey.storage import windows as stored_windows
from survey.storage.accounts import StaffRole
from survey.storage.enrolment import Enrolment
from survey.storage.sites import Site


@dataclass(frozen=True, slots=True)
class School:
    """A made-up school: how many families it has, the share that speaks Spanish at home, and its grades."""

    slug: str
    name: str
    families: int
    spanish: float
    bands: tuple[str, ...]
    mood: float


ELEMENTARY = ("pk_tk", "k_2", "g3_5")
SCHOOLS = (
    School("los-robles", "Los Robles Elementary School", 310, 0.45, ELEMENTARY, 0.05),
    School("mirador", "Mirador Elementary School", 240, 0.20, ELEMENTARY, 0.0),
    School("playa-norte", "Playa Norte Elementary School", 180, 0.10, ELEMENTARY, -0.04),
    School("costa-clara-middle", "Costa Clara Middle School", 420, 0.25, ("g6_8",), -0.08),
    School("costa-clara-high", "Costa Clara High School", 560, 0.22, ("g9_12",), -0.12),
    School("isla-verde", "Isla Verde Home School", 14, 0.30, ("k_2", "g3_5", "g6_8"), 0.1),
)


@dataclass(frozen=True, slots=True)
class Round:
    """A made-up window: when, in days from today, and what share of the families answer."""

    title: str
    survey: str
    opens: int
    closes: int
    share: float
    shift: float = 0.0

    def name(self, today: date) -> str:
        """What the window is called: its title, and the month it opens in."""
        return f"{self.title} {today + timedelta(days=self.opens):%Y-%m}"


PAST = (
    Round("Family engagement", "engagement", -400, -379, 0.22, -0.06),
    Round("Family engagement", "engagement", -45, -24, 0.24),
)
PRESENT = Round("School climate", "climate", -6, 15, 0.06)
NEXT = Round("Family engagement", "engagement", 120, 141, 0.0)

CONTACT = "Elena Ruiz"
PHONE = "310-555-0142"
DISTRICT_EMAIL = "district@example.org"
SITE_EMAIL = "principal@example.org"

COMMENTS = (
    ("en", "The front office always finds someone who can help."),
    ("en", "Please tell us about meetings earlier. Two days is not enough to change a shift."),
    ("en", "More evening events, with child care."),
    ("en", "My child's teacher calls when something goes well, not only when it does not."),
    ("en", "The pick-up line is too long and not safe."),
    ("en", "I would like to help, but nobody has asked me."),
    ("en", "Homework help online would make a difference for us."),
    ("es", "La señora de la oficina siempre nos atiende en español. Gracias."),
    ("es", "Las juntas son a una hora en que trabajo. ¿Podrían hacerlas más tarde?"),
    ("es", "Me gustaría recibir los avisos por mensaje de texto."),
    ("es", "Quisiera saber cómo ayudar a mi hija con las matemáticas en casa."),
    ("es", "La escuela nos hace sentir bienvenidos."),
    ("es", "Hace falta un intérprete en las conferencias con los maestros."),
)


def load(store: Store, settings: Settings) -> None:
    """Fill an empty database with the made-up district; the same every time, but for keys and dates."""
    today = settings.current_date()
    content = catalogue.load(None)
    with store.writing() as db:
        installation.set_made_up(db)
        sites.put(db, [Site(0, school.slug, school.name, "", CONTACT, PHONE) for school in SCHOOLS])
        enrolment.replace(db, [row for school in SCHOOLS for row in _enrolment(school)])
    for past in PAST:
        _open(store, content, past, today)
        _answer(store, settings, past, today)
        windows.close(store, past.name(today), today + timedelta(days=past.closes + 8))
        made_on = today + timedelta(days=past.closes + 14)
        make.make(
            store,
            past.name(today),
            content.frameworks,
            settings.minimum_group,
            made_on,
            district_name=settings.district_name,
        )
    _open(store, content, PRESENT, today)
    _answer(store, settings, PRESENT, today)
    _open(store, content, NEXT, today)
    staff.add(store, DISTRICT_EMAIL, StaffRole.DISTRICT)
    staff.add(store, SITE_EMAIL, StaffRole.SITE, (SCHOOLS[0].slug,))


def _open(store: Store, content: Catalogue, planned: Round, today: date) -> None:
    windows.open_window(
        store,
        content,
        planned.name(today),
        planned.survey,
        today + timedelta(days=planned.opens),
        today + timedelta(days=planned.closes),
        (),
        today,
    )


def _answer(store: Store, settings: Settings, planned: Round, today: date) -> None:
    """Send every made-up family's answers as a phone would."""
    with store.reading() as db:
        window = stored_windows.find(db, planned.name(today))
        if window is None:
            raise LookupError(planned.name(today))
        instrument = stored_windows.instrument(db, window)
        places = {site.slug: site for site in stored_windows.sites_of(db, window.id)}
    chance = Random(f"{planned.title} {planned.opens}")  # noqa: S311 - made-up answers, the same every time
    for school in SCHOOLS:
        for family in _families(school, planned, chance):
            submit.submit(
                store,
                settings.secret,
                window,
                places[school.slug],
                key=UUID(int=chance.getrandbits(128), version=4),
                answers=_answers(instrument, family, planned, chance),
                language=family.language,
                channel="link" if chance.random() < 0.85 else "paper",
                today=today + timedelta(days=planned.opens),
                started=True,
            )


@dataclass(frozen=True, slots=True)
class _Family:
    school: School
    home_language: str
    language: str
    bands: tuple[str, ...]


def _families(school: School, planned: Round, chance: Random) -> Iterator[_Family]:
    for _ in range(round(school.families * planned.share)):
        draw = chance.random()
        if draw < school.spanish * 0.6:
            home = "es"
        elif draw < school.spanish:
            home = "en_es"
        else:
            home = "other" if chance.random() < 0.08 else "en"
        language = "es" if home == "es" or (home == "en_es" and chance.random() < 0.4) else "en"
        bands = tuple(band for band in school.bands if chance.random() < 1.2 / len(school.bands))
        yield _Family(school, home, language, bands or (chance.choice(school.bands),))


def _answers(instrument: Instrument, family: _Family, planned: Round, chance: Random) -> Answers:
    choices = {
        item.id: _choice(item, family, planned, chance)
        for item in instrument.items()
        if item.type is not ItemType.TEXT
    }
    comments: dict[str, str] = {}
    for item in instrument.items():
        if item.type is ItemType.TEXT and chance.random() < 0.14:
            said = [text for language, text in COMMENTS if language == family.language]
            comments[item.id] = chance.choice(said)
    return Answers({item: codes for item, codes in choices.items() if codes}, comments)


def _choice(item: Item, family: _Family, planned: Round, chance: Random) -> tuple[str, ...]:
    if chance.random() < 0.03:
        return ()
    if item.role is Role.HOME_LANGUAGE:
        return (family.home_language,)
    if item.role is Role.GRADE_BAND:
        return family.bands
    codes = [option.code for option in item.options if option.is_valid and not option.exclusive]
    if item.type is ItemType.MULTI:
        return tuple(
            chance.sample(codes, k=min(len(codes), item.max_choices or 3, chance.choice((1, 1, 2, 3))))
        )
    if not item.is_scored:
        return (chance.choices(codes, weights=range(len(codes), 0, -1))[0],)
    return _rating(item, family, planned, chance)


def _rating(item: Item, family: _Family, planned: Round, chance: Random) -> tuple[str, ...]:
    """A rating whose chance of being favorable depends on the item, the school, the language and the year."""
    if chance.random() < 0.05:
        return tuple(option.code for option in item.options if not option.is_valid)[:1]
    # Each item has a level of its own, the same in every school and year.
    level = 0.62 + 0.3 * Random(item.id).random()  # noqa: S311
    level += family.school.mood + planned.shift - (0.08 if family.language == "es" else 0.0)
    favorable = chance.random() < min(level, 0.97)
    side: Sequence[str] = [option.code for option in item.options if option.favorable is favorable]
    return (chance.choices(side, weights=[2, 3][: len(side)] if favorable else [3, 1][: len(side)])[0],)


def _enrolment(school: School) -> Iterator[Enrolment]:
    yield Enrolment(school.slug, "families", "", "", school.families)
    yield Enrolment(school.slug, "families", "es", "", round(school.families * school.spanish * 0.7))
    yield Enrolment(school.slug, "families", "en", "", round(school.families * (1 - school.spanish) * 0.9))
