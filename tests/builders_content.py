"""A small content folder as plain values, which tests change in one place and write down."""

import copy
from pathlib import Path
from typing import Any

import yaml

_CONTENT: dict[str, Any] = {
    "meta": {"version": "1", "status": "proposed", "languages": ["en", "es"]},
    "sources": [{"id": "staff", "kind": "proposal", "title": "Written for tests", "address": "none"}],
    "frameworks": [
        {
            "id": "fw",
            "version": "1",
            "name": {"en": "Framework", "es": "Marco"},
            "nodes": [
                {
                    "id": "fw.a",
                    "type": "area",
                    "parent": "fw",
                    "status": "proposed",
                    "text": {"en": "A", "es": "A"},
                },
                {
                    "id": "fw.a.1",
                    "type": "indicator",
                    "parent": "fw.a",
                    "status": "proposed",
                    "source": ["staff"],
                    "judgeable": "yes",
                    "text": {"en": "Families are welcome.", "es": "Las familias son bienvenidas."},
                },
            ],
        }
    ],
    "scales": [
        {
            "id": "agree",
            "options": [
                {"code": 2, "favorable": True, "text": {"en": "Agree", "es": "De acuerdo"}},
                {"code": 1, "favorable": False, "text": {"en": "Disagree", "es": "En desacuerdo"}},
                {"code": 0, "missing": True, "text": {"en": "I do not know", "es": "No sé"}},
            ],
        }
    ],
    "notices": [
        {"id": "privacy", "text": {"en": "Groups of {min_group}.", "es": "Grupos de {min_group}."}},
        {"id": "no_names", "text": {"en": "No names.", "es": "Sin nombres."}},
        {"id": "thanks", "text": {"en": "See you in {month}.", "es": "Hasta {month}."}},
    ],
    "surveys": [
        {
            "id": "small",
            "title": {"en": "Small Survey", "es": "Encuesta pequeña"},
            "notices": ["privacy"],
            "sections": [
                {
                    "id": "small.school",
                    "title": {"en": "School", "es": "Escuela"},
                    "items": [
                        {
                            "id": "q.1",
                            "type": "single",
                            "scale": "agree",
                            "text": {"en": "One?", "es": "¿Uno?"},
                            "fw": ["fw.a.1"],
                        },
                        {
                            "id": "q.2",
                            "type": "single",
                            "scale": "agree",
                            "show_if": {"item": "q.1", "code": 2},
                            "text": {"en": "Two?", "es": "¿Dos?"},
                            "fw": ["fw.a.1"],
                        },
                        {
                            "id": "q.3",
                            "type": "multi",
                            "max_choices": 2,
                            "text": {"en": "Three?", "es": "¿Tres?"},
                            "fw": [],
                            "options": [
                                {
                                    "code": "met",
                                    "measures": ["fw.a.1"],
                                    "text": {"en": "Met", "es": "Reunión"},
                                },
                                {"code": "event", "text": {"en": "Event", "es": "Evento"}},
                                {"code": "none", "exclusive": True, "text": {"en": "None", "es": "Ninguna"}},
                            ],
                        },
                        {
                            "id": "q.4",
                            "type": "text",
                            "hint": "no_names",
                            "max_length": 500,
                            "text": {"en": "Four?", "es": "¿Cuatro?"},
                            "fw": ["fw.a.1"],
                        },
                    ],
                }
            ],
            "blocks": ["about"],
        }
    ],
    "blocks": [
        {
            "id": "about",
            "notice": "no_names",
            "title": {"en": "About you", "es": "Sobre usted"},
            "items": [
                {
                    "id": "about.home_language",
                    "type": "single",
                    "use": "reporting group",
                    "text": {"en": "Language?", "es": "¿Idioma?"},
                    "options": [
                        {"code": "en", "text": {"en": "English", "es": "Inglés"}},
                        {"code": "es", "text": {"en": "Spanish", "es": "Español"}},
                        {
                            "code": "no_answer",
                            "missing": True,
                            "text": {"en": "No answer", "es": "Sin contestar"},
                        },
                    ],
                },
                {
                    "id": "about.grades",
                    "type": "multi",
                    "use": "reporting group at district level only",
                    "text": {"en": "Grades?", "es": "¿Grados?"},
                    "options": [
                        {"code": "k_5", "text": {"en": "K to 5", "es": "K a 5.º"}},
                        {"code": "g6_8", "text": {"en": "6 to 8", "es": "6.º a 8.º"}},
                    ],
                },
            ],
        }
    ],
    "glossary": [
        {"en": "school climate", "es": "ambiente escolar", "avoid_es": ["clima escolar"], "why": "a calque"},
        {"en": "marks", "es": "calificaciones", "avoid_es": ["grados"], "why": ""},
        {"en": "grade level", "es": "grado", "avoid_es": [], "why": ""},
    ],
}


def content() -> dict[str, Any]:
    """One file's worth of content without a fault: a framework, a survey of four items and a background block."""
    return copy.deepcopy(_CONTENT)


def item(found: dict[str, Any], item_id: str) -> dict[str, Any]:
    """One item of the content, to be changed in place."""
    groups = [*found["surveys"][0]["sections"], *found["blocks"]]
    return next(item for group in groups for item in group["items"] if item["id"] == item_id)


def write(folder: Path, **files: Any) -> Path:
    """The folder, holding these files: values are written as YAML, texts as they are."""
    for name, values in files.items():
        text = (
            values if isinstance(values, str) else yaml.safe_dump(values, allow_unicode=True, sort_keys=False)
        )
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder
