"""A small instrument and a small framework that hold one of everything, for any test to use."""

from dataclasses import replace
from typing import Any

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


def instrument(**changes: Any) -> Instrument:
    """Ten items in three sections: every item type, a shown-if pair, and a background block."""
    small = Instrument(
        survey="small",
        version="1",
        title=Wording("Small Survey", "Encuesta pequeña"),
        sections=(school_section(), sharing_section(), background_section()),
        status="proposed, untested",
        notices=(
            Wording("You can skip any question.", "Puede dejar en blanco cualquier pregunta."),
            Wording(
                "We share results only for groups of {min_group} or more people.",
                "Solo compartimos resultados de grupos de {min_group} personas o más.",
            ),
        ),
        closing={
            "thanks": Wording(
                "Thank you. In {month}, your school will share what families said.",
                "Gracias. En {month}, su escuela compartirá lo que dijeron las familias.",
            ),
            "another_school": Wording(
                "Do you have a child at another school?", "¿Tiene un hijo o una hija en otra escuela?"
            ),
        },
    )
    return replace(small, **changes)


def school_section() -> Section:
    """Two agreement items with a don't know, a filter without favorable marks, and what it leads to."""
    return Section(
        id="small.school",
        title=Wording("The school", "La escuela"),
        items=(
            scaled("q.welcome", "My family feels welcome.", "Mi familia se siente bienvenida."),
            scaled(
                "q.respect", "We are treated with respect.", "Nos tratan con respeto.", indicators=("fw.b.1",)
            ),
            Item(
                id="q.learning",
                type=ItemType.SINGLE,
                scale="yesno",
                is_filter=True,
                text=Wording("Is your child learning English?", "¿Está su hijo o hija aprendiendo inglés?"),
                options=(
                    option("1", "Yes", "Sí"),
                    option("2", "No", "No"),
                    option("0", "I do not know", "No sé", sign="?", missing=Missing.DONT_KNOW),
                ),
            ),
            scaled(
                "q.english",
                "The school helps my child learn English.",
                "La escuela ayuda a mi hijo o hija a aprender inglés.",
                shown_if=ShownIf("q.learning", "1"),
            ),
        ),
    )


def sharing_section() -> Section:
    """A single with its own options, a check-all of at most two, and a comment with a hint."""
    return Section(
        id="small.sharing",
        title=Wording("Taking part", "Participación"),
        items=(
            Item(
                id="q.contact",
                type=ItemType.SINGLE,
                text=Wording(
                    "How should the school reach you?", "¿Cómo debe comunicarse con usted la escuela?"
                ),
                indicators=("fw.a.1",),
                options=(
                    option("text", "Text message", "Mensaje de texto", sign="0"),
                    option("call", "Phone call", "Llamada telefónica", sign="1"),
                    option(
                        "no_answer",
                        "I prefer not to answer",
                        "Prefiero no contestar",
                        sign="!",
                        missing=Missing.DECLINED,
                    ),
                ),
            ),
            Item(
                id="q.took_part",
                type=ItemType.MULTI,
                max_choices=2,
                text=Wording("What did you do? Mark up to two.", "¿Qué hizo usted? Marque hasta dos."),
                indicators=("fw.b.1",),
                options=(
                    option(
                        "met_teacher", "Met with a teacher", "Me reuní con un maestro o una maestra", sign="0"
                    ),
                    option("event", "Went to an event", "Fui a un evento", sign="1", measures=("fw.a.1",)),
                    option("helped", "Gave time to help", "Di de mi tiempo para ayudar", sign="2"),
                    option("none", "None of these", "Ninguna de estas", sign="3", exclusive=True),
                ),
            ),
            Item(
                id="q.comment",
                type=ItemType.TEXT,
                max_length=200,
                text=Wording("Anything else?", "¿Hay algo más que quiera decir?"),
                hint=Wording("Please do not write names.", "Por favor, no escriba nombres."),
            ),
        ),
    )


def background_section() -> Section:
    """Home language, grades (check-all) and programs (groups at the district only)."""
    return Section(
        id="about",
        title=Wording("About your family (optional)", "Sobre su familia (opcional)"),
        notice=Wording("You can skip these.", "Puede dejarlas en blanco."),
        items=(
            Item(
                id="about.home_language",
                type=ItemType.SINGLE,
                is_background=True,
                use=Use.REPORTING_GROUP,
                role=Role.HOME_LANGUAGE,
                text=Wording("What language do you speak most at home?", "¿Qué idioma habla más en casa?"),
                options=(
                    option("en", "English", "Inglés", sign="0"),
                    option("es", "Spanish", "Español", sign="1"),
                    option("other", "Another language", "Otro idioma", sign="2"),
                    option(
                        "no_answer",
                        "I prefer not to answer",
                        "Prefiero no contestar",
                        sign="!",
                        missing=Missing.DECLINED,
                    ),
                ),
            ),
            Item(
                id="about.grades",
                type=ItemType.MULTI,
                is_background=True,
                use=Use.REPORTING_GROUP,
                role=Role.GRADE_BAND,
                text=Wording("What grades are your children in?", "¿En qué grados están sus hijos?"),
                options=(
                    option("k_2", "Kindergarten to grade 2", "Kínder a 2.º grado", sign="0"),
                    option("g3_5", "Grades 3 to 5", "3.º a 5.º grado", sign="1"),
                    option("g6_8", "Grades 6 to 8", "6.º a 8.º grado", sign="2"),
                    option(
                        "no_answer",
                        "I prefer not to answer",
                        "Prefiero no contestar",
                        sign="!",
                        missing=Missing.DECLINED,
                        exclusive=True,
                    ),
                ),
            ),
            Item(
                id="about.programs",
                type=ItemType.MULTI,
                is_background=True,
                use=Use.DISTRICT_REPORTING_GROUP,
                text=Wording(
                    "Which programs is your child in?", "¿En qué programas participa su hijo o hija?"
                ),
                options=(
                    option(
                        "el", "Support for English learners", "Apoyo para quienes aprenden inglés", sign="0"
                    ),
                    option("iep", "Special education", "Educación especial", sign="1"),
                    option("none", "None of these", "Ninguno de estos", sign="2", exclusive=True),
                    option(
                        "unsure",
                        "I do not know",
                        "No sé",
                        sign="?",
                        missing=Missing.DONT_KNOW,
                        exclusive=True,
                    ),
                    option(
                        "no_answer",
                        "I prefer not to answer",
                        "Prefiero no contestar",
                        sign="!",
                        missing=Missing.DECLINED,
                        exclusive=True,
                    ),
                ),
            ),
        ),
    )


def scaled(item_id: str, en: str, es: str, **changes: Any) -> Item:
    """An agreement item: 4 and 3 are favorable, 0 is don't know; it measures ``fw.a.1`` unless told."""
    item = Item(
        id=item_id,
        type=ItemType.SINGLE,
        text=Wording(en, es),
        scale="agree4",
        indicators=("fw.a.1",),
        options=(
            option("4", "Strongly agree", "Muy de acuerdo", favorable=True),
            option("3", "Agree", "De acuerdo", favorable=True),
            option("2", "Disagree", "En desacuerdo", favorable=False),
            option("1", "Strongly disagree", "Muy en desacuerdo", favorable=False),
            option("0", "I do not know", "No sé", sign="?", missing=Missing.DONT_KNOW),
        ),
    )
    return replace(item, **changes)


def option(code: str, en: str, es: str, *, sign: str | None = None, **changes: Any) -> Option:
    """An option whose sign is its code unless told."""
    return Option(code=code, sign=sign or code, text=Wording(en, es), **changes)


def framework(**changes: Any) -> Framework:
    """Two areas: one indicator families can judge in each, and one they can not."""
    small = Framework(
        id="fw",
        name=Wording("Small Framework", "Marco pequeño"),
        version="1",
        note="made up for tests",
        nodes=(
            node("fw.a", "fw", "area", "Welcome", "Bienvenida"),
            node(
                "fw.a.1",
                "fw.a",
                "indicator",
                "Families are welcome.",
                "Las familias son bienvenidas.",
                judgeable=Judgeable.YES,
            ),
            node("fw.b", "fw", "area", "Respect", "Respeto"),
            node(
                "fw.b.1",
                "fw.b",
                "indicator",
                "Families are respected.",
                "Se respeta a las familias.",
                judgeable=Judgeable.PARTLY,
            ),
            node(
                "fw.b.2",
                "fw.b",
                "indicator",
                "Money is spent as planned.",
                "El dinero se gasta según lo planeado.",
                judgeable=Judgeable.NO,
                evidence="budget records",
            ),
        ),
    )
    return replace(small, **changes)


def node(node_id: str, parent: str, kind: str, en: str, es: str, **changes: Any) -> Node:
    """A node that nobody at the district has seen yet."""
    return Node(
        id=node_id,
        parent=parent,
        type=kind,
        text=Wording(en, es),
        **{"status": Status.PROPOSED, "source": ("staff",), **changes},
    )
