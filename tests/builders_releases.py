"""A small release as the database would give it: three site rows, two breakdowns, and a figure of every status."""

from dataclasses import replace
from datetime import date
from typing import Any

from survey.figures import Breakdown, Figure, FigureStatus, Group, Level, Measure, Release, SiteRow
from survey.frameworks import Framework, Judgeable, Node, Status
from survey.instruments.model import (
    Instrument,
    Item,
    ItemType,
    Missing,
    Option,
    Role,
    Section,
    ShownIf,
    Use,
)
from survey.wording import Wording

PUBLISHED, CAPPED, MERGED = FigureStatus.PUBLISHED, FigureStatus.CAPPED, FigureStatus.MERGED
WITHHELD, NO_BASE = FigureStatus.WITHHELD, FigureStatus.NO_BASE

AGREE = (
    Option("4", "4", Wording("Strongly agree", "Muy de acuerdo"), favorable=True),
    Option("3", "3", Wording("Agree", "De acuerdo"), favorable=True),
    Option("2", "2", Wording("Disagree", "En desacuerdo"), favorable=False),
    Option("1", "1", Wording("Strongly disagree", "Muy en desacuerdo"), favorable=False),
    Option(
        "0",
        "?",
        Wording("I do not know or it does not apply", "No sé o no aplica"),
        missing=Missing.DONT_KNOW,
    ),
)
YES_NO = (
    Option("1", "1", Wording("Yes", "Sí")),
    Option("2", "2", Wording("No", "No")),
    Option("0", "?", Wording("I do not know", "No sé"), missing=Missing.DONT_KNOW),
)


def release(**changes: Any) -> Release:
    """Release 1 of a made-up window: Los Robles, Mar Vista, and two small schools put together."""
    made = Release(
        window="engagement-2026",
        opens=date(2026, 10, 5),
        closes=date(2026, 10, 30),
        number=1,
        made_on=date(2026, 11, 9),
        audited=False,
        minimum_group=11,
        instrument=instrument(),
        frameworks=(framework(),),
        breakdowns=BREAKDOWNS,
        sites=SITES,
        district=DISTRICT,
        made_up=False,
        sent_empty=None,
        groups=GROUPS,
        figures=_figures(),
    )
    return replace(made, **changes)


def instrument() -> Instrument:
    """Every kind of item: scored, check-all, filter and shown-if, text, and two background questions."""
    return Instrument(
        survey="engagement",
        version="2026.1",
        title=Wording("Family Engagement Survey", "Encuesta de participación de las familias"),
        sections=(
            Section(
                "engagement.voice",
                Wording("Your voice", "Su voz"),
                (
                    Item(
                        "eng.25",
                        ItemType.SINGLE,
                        Wording(
                            "The principal of this school listens to families.",
                            "El director o la directora de esta escuela escucha a las familias.",
                        ),
                        AGREE,
                        scale="agree4",
                        indicators=("fef.dl.3", "fef.ae.3"),
                    ),
                    Item(
                        "eng.28",
                        ItemType.SINGLE,
                        Wording(
                            "I know what to do if I do not agree with a school decision about my child.",
                            "Sé qué hacer si no estoy de acuerdo con una decisión de la escuela sobre mi hijo o hija.",
                        ),
                        AGREE,
                        scale="agree4",
                        indicators=("fef.dl.3",),
                    ),
                    Item(
                        "eng.21",
                        ItemType.MULTI,
                        Wording(
                            "What makes it hard for you to take part at this school? Mark all that apply.",
                            "¿Qué le dificulta participar en esta escuela? Marque todas las respuestas que correspondan.",
                        ),
                        (
                            Option(
                                "times",
                                "0",
                                Wording("The times do not work for me", "Los horarios no me convienen"),
                            ),
                            Option(
                                "child_care",
                                "1",
                                Wording("I need child care", "Necesito que alguien cuide a mis hijos"),
                            ),
                            Option(
                                "nothing",
                                "2",
                                Wording("Nothing makes it hard", "Nada me lo dificulta"),
                                exclusive=True,
                            ),
                            Option(
                                "no_answer",
                                "!",
                                Wording("I prefer not to answer", "Prefiero no contestar"),
                                missing=Missing.DECLINED,
                                exclusive=True,
                            ),
                        ),
                        indicators=("fef.ae.2",),
                    ),
                ),
            ),
            Section(
                "climate.english",
                Wording("Learning English", "Aprender inglés"),
                (
                    Item(
                        "clim.el",
                        ItemType.SINGLE,
                        Wording(
                            "Is your child learning English as a second language at school?",
                            "¿Está su hijo o hija aprendiendo inglés como segundo idioma en la escuela?",
                        ),
                        YES_NO,
                        is_filter=True,
                    ),
                    Item(
                        "clim.23",
                        ItemType.SINGLE,
                        Wording(
                            "How well does this school help your child learn English?",
                            "¿Qué tan bien ayuda esta escuela a su hijo o hija a aprender inglés?",
                        ),
                        AGREE,
                        shown_if=ShownIf("clim.el", "1"),
                    ),
                    Item(
                        "eng.30",
                        ItemType.TEXT,
                        Wording(
                            "What would help your family take part more at this school?",
                            "¿Qué ayudaría a su familia a participar más en esta escuela?",
                        ),
                        max_length=1000,
                    ),
                ),
            ),
            Section(
                "demographics",
                Wording("About your family (optional)", "Sobre su familia (opcional)"),
                (
                    Item(
                        "demo.home_language",
                        ItemType.SINGLE,
                        Wording(
                            "What language does your family speak most at home?",
                            "¿Qué idioma habla más su familia en casa?",
                        ),
                        (
                            Option("en", "0", Wording("English", "Inglés")),
                            Option("es", "1", Wording("Spanish", "Español")),
                            Option(
                                "en_es",
                                "2",
                                Wording("English and Spanish about the same", "Inglés y español por igual"),
                            ),
                            Option("other", "3", Wording("Another language", "Otro idioma")),
                            Option(
                                "no_answer",
                                "!",
                                Wording("I prefer not to answer", "Prefiero no contestar"),
                                missing=Missing.DECLINED,
                            ),
                        ),
                        use=Use.REPORTING_GROUP,
                        role=Role.HOME_LANGUAGE,
                        is_background=True,
                    ),
                ),
            ),
        ),
    )


def framework() -> Framework:
    """A piece of the Family Engagement Framework: one area, three indicators, one of them measured by no item."""
    return Framework(
        "fef",
        Wording("Family Engagement Framework", "Marco para la participación de las familias"),
        "2014",
        (
            Node(
                "fef.ae",
                "fef",
                "area",
                Wording("Ensure Access and Equity", "Asegurar el acceso y la equidad"),
                Status.VERBATIM,
            ),
            Node(
                "fef.ae.2",
                "fef.ae",
                "indicator",
                Wording(
                    "Meetings are held when every family can take part.",
                    "Las reuniones se hacen cuando todas las familias pueden participar.",
                ),
                Status.PROPOSED,
                judgeable=Judgeable.YES,
            ),
            Node(
                "fef.ae.3",
                "fef.ae",
                "indicator",
                Wording("Every family feels welcome.", "Todas las familias se sienten bienvenidas."),
                Status.RECONSTRUCTED,
                judgeable=Judgeable.YES,
            ),
            Node(
                "fef.dl",
                "fef",
                "area",
                Wording("Demonstrate Leadership", "Demostrar liderazgo"),
                Status.VERBATIM,
            ),
            Node(
                "fef.dl.3",
                "fef.dl",
                "indicator",
                Wording("Leaders listen to families.", "Los líderes escuchan a las familias."),
                Status.RECALLED,
                judgeable=Judgeable.PARTLY,
            ),
            Node(
                "fef.dl.5",
                "fef.dl",
                "indicator",
                Wording("Staff are evaluated on engagement.", "Se evalúa al personal en la participación."),
                Status.VERBATIM,
                judgeable=Judgeable.NO,
                evidence="Evaluation forms",
            ),
        ),
    )


SITES = (
    SiteRow(
        "los-robles",
        "Los Robles Elementary School",
        ("los-robles",),
        178,
        412,
        "families",
        ("Los Robles Elementary School",),
    ),
    SiteRow(
        "mar-vista", "Mar Vista Middle School", ("mar-vista",), 96, None, None, ("Mar Vista Middle School",)
    ),
    SiteRow(
        "canyon+pine",
        "Canyon School and Pine School together",
        ("canyon", "pine"),
        14,
        61,
        "pupils",
        ("Canyon School", "Pine School"),
    ),
)
DISTRICT = SiteRow(
    "",
    "Costa Clara Unified School District",
    ("canyon", "los-robles", "mar-vista", "pine"),
    288,
    None,
    None,
    ("Canyon School", "Los Robles Elementary School", "Mar Vista Middle School", "Pine School"),
)
BREAKDOWNS = (
    Breakdown(
        "demo.home_language",
        {
            "en": "What language does your family speak most at home?",
            "es": "¿Qué idioma habla más su familia en casa?",
        },
        {
            "en": {"en": "English", "es": "Inglés"},
            "es": {"en": "Spanish", "es": "Español"},
            "en_es+other": {
                "en": "English and Spanish about the same + Another language",
                "es": "Inglés y español por igual + Otro idioma",
            },
        },
        (("not_stated_with", {"group": "en"}), ("put_together", {"group": "en_es+other", "minimum": "11"})),
    ),
    Breakdown(
        "language",
        {"en": "Language answered in", "es": "Idioma en que se contestó"},
        {"en": {"en": "English", "es": "Inglés"}, "es": {"en": "Spanish", "es": "Español"}},
    ),
)
GROUPS = (
    Group("", "demo.home_language", "en", 160, PUBLISHED),
    Group("", "demo.home_language", "es", 98, PUBLISHED),
    Group("", "demo.home_language", "en_es+other", 30, PUBLISHED),
    Group("", "language", "en", 200, PUBLISHED),
    Group("", "language", "es", 88, PUBLISHED),
    Group("", "demo.home_language;language", "en;en", 155, PUBLISHED),
    Group("", "demo.home_language;language", "en;es", None, WITHHELD, "small_group"),
    Group("", "demo.home_language;language", "es;en", None, WITHHELD, "small_group"),
    Group("", "demo.home_language;language", "es;es", 76, PUBLISHED),
    Group("", "demo.home_language;language", "en_es+other;en", None, WITHHELD, "small_group"),
    Group("", "demo.home_language;language", "en_es+other;es", None, WITHHELD, "small_group"),
    Group("los-robles", "demo.home_language", "en", 92, PUBLISHED),
    Group("los-robles", "demo.home_language", "es", None, WITHHELD, "counted_together"),
    Group("los-robles", "demo.home_language", "en_es+other", None, WITHHELD, "counted_together"),
    Group("los-robles", "demo.home_language", "es+en_es+other", 86, MERGED, "counted_together"),
    Group("los-robles", "language", "en", 120, PUBLISHED),
    Group("los-robles", "language", "es", 58, PUBLISHED),
    Group("mar-vista", "demo.home_language", "en", 59, PUBLISHED),
    Group("mar-vista", "demo.home_language", "es", None, WITHHELD, "counted_together"),
    Group("mar-vista", "demo.home_language", "en_es+other", None, WITHHELD, "counted_together"),
    Group("mar-vista", "demo.home_language", "es+en_es+other", 37, MERGED, "counted_together"),
    Group("mar-vista", "language", "en", 71, PUBLISHED),
    Group("mar-vista", "language", "es", 25, PUBLISHED),
    Group("canyon+pine", "demo.home_language", "en", None, WITHHELD, "small_group"),
    Group("canyon+pine", "demo.home_language", "es", None, WITHHELD, "small_group"),
    Group("canyon+pine", "demo.home_language", "en_es+other", None, WITHHELD, "small_group"),
    Group("canyon+pine", "language", "en", None, WITHHELD, "small_group"),
    Group("canyon+pine", "language", "es", None, WITHHELD, "small_group"),
)


def figure(site: str = "", item: str = "eng.25", **changes: Any) -> Figure:
    """A published percent favorable of everybody at a site row."""
    made = Figure(
        site=site,
        level=Level.SITE if site else Level.DISTRICT,
        item=item,
        measure=Measure.FAVORABLE,
        option="",
        breakdown="",
        group="",
        n=None,
        percent=72,
        range_low=66,
        range_high=77,
        status=PUBLISHED,
    )
    return replace(made, **changes)


def withheld(site: str, item: str, breakdown: str, group: str, **changes: Any) -> Figure:
    """A figure that is not shown, as it stands in a release: no number at all."""
    scored = item not in {"eng.21", "clim.el"}
    return figure(
        site,
        item,
        **{
            "measure": Measure.FAVORABLE if scored else Measure.OPTION,
            "breakdown": breakdown,
            "group": group,
            "percent": None,
            "range_low": None,
            "range_high": None,
            "status": WITHHELD,
            "reason": "small_group",
            **changes,
        },
    )


def _figures() -> tuple[Figure, ...]:
    figures: list[Figure] = []
    for site, n in (("", 280), ("los-robles", 172), ("mar-vista", None), ("canyon+pine", 14)):
        figures += _everybody(site, n)
    for group in GROUPS:
        of = {"breakdown": group.breakdown, "group": group.group}
        for item in ("eng.25", "eng.28", "eng.21", "clim.el", "clim.23"):
            if group.status is WITHHELD:
                figures.append(withheld(group.site, item, **of, reason=group.reason))
            elif item == "clim.23":
                figures.append(withheld(group.site, item, **of, status=NO_BASE, reason="few_asked"))
            elif item in ("eng.25", "eng.28"):
                merged = group.status is MERGED
                figures.append(
                    figure(
                        group.site,
                        item,
                        **of,
                        n=group.n,
                        percent=68,
                        range_low=60,
                        range_high=75,
                        status=MERGED if merged else PUBLISHED,
                        reason="counted_together" if merged else "",
                    )
                )
    return tuple(figures)


def _everybody(site: str, n: int | None) -> list[Figure]:
    """The figures of all respondents of a site row: one item with everything, one capped, one with a side together."""

    def option(item: str, code: str, percent: int, low: int, high: int, **changes: Any) -> Figure:
        numbers = {"percent": percent, "range_low": low, "range_high": high}
        return figure(site, item, measure=Measure.OPTION, option=code, n=n, **numbers, **changes)

    def capped(item: str, reason: str, measure: Measure, code: str = "") -> Figure:
        numbers = {"percent": None, "range_low": None, "range_high": None}
        return figure(site, item, measure=measure, option=code, n=n, **numbers, status=CAPPED, reason=reason)

    side = {"status": MERGED, "reason": "side_together"}
    return [
        figure(site, "eng.25", n=n, percent=72, range_low=66, range_high=77),
        option("eng.25", "4", 31, 26, 37),
        option("eng.25", "3", 41, 35, 47),
        option("eng.25", "2+1", 28, 23, 34, **side),
        figure(site, "eng.25", measure=Measure.DONT_KNOW, n=None, percent=9, range_low=6, range_high=13),
        capped("eng.28", "nearly_all", Measure.FAVORABLE),
        capped("eng.28", "nearly_all", Measure.OPTION, "4+3"),
        capped("eng.28", "almost_none", Measure.OPTION, "2+1"),
        capped("eng.28", "almost_none", Measure.DONT_KNOW),
        option("eng.21", "times", 44, 38, 50),
        option("eng.21", "child_care", 21, 17, 27),
        option("eng.21", "nothing", 40, 34, 46),
        option("clim.el", "1", 22, 18, 28),
        option("clim.el", "2", 78, 72, 82),
        figure(site, "clim.el", measure=Measure.DONT_KNOW, n=None, percent=5, range_low=3, range_high=8),
        withheld(site, "clim.23", "", "", status=NO_BASE, reason="few_asked")
        if site
        else figure(site, "clim.23", n=None, percent=64, range_low=51, range_high=75),
    ]
