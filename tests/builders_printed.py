"""Printed pages as tests look at them: drawn, spoiled as by a copier, and read by another program."""

from datetime import date

import numpy as np
import pypdfium2
import zxingcpp
from PIL import Image, ImageFilter
from pypdfium2 import raw

from survey.documents.handout import Handout
from survey.wording import Wording

SHEETS = {"letter": (612, 792), "a4": (595, 842)}
HOSTILE = (
    '#read("/etc/passwd")',
    "$x^2$ *Robles* _School_ `raw` <label> @here // gone",
    'Escuela "Niños Héroes" & Peña\\Núñez #{1+1} [x]',
    "Los Robles\r\nElementary\tSchool",
    "Escuela Primaria Bilingüe de Inmersión y Artes Licenciado " + "Ignacio Zaragoza y Muñoz " * 5,
    "Supercalifragilistico" * 9,
)


def handout(**changes):
    """Los Robles with an open survey, and whom to ask."""
    known = {
        "school": "Los Robles Elementary School",
        "contact": "Elena Ruiz",
        "phone": "310-555-0142",
        "title": Wording("Family Engagement Survey", "Encuesta sobre la participación de las familias"),
        "notices": (
            Wording("This survey takes 5 to 7 minutes.", "Esta encuesta toma de 5 a 7 minutos."),
            Wording("We do not ask for your name.", "No le pedimos su nombre."),
        ),
        "opens": date(2026, 11, 9),
        "closes": date(2026, 12, 4),
        "is_coming": False,
        "shared_in": date(2027, 2, 1),
        "address": "https://encuesta.costaclara.example/s/los-robles",
        "scanned": "https://encuesta.costaclara.example/s/los-robles/engagement",
        "thanks": Wording("Thank you. In {month}, we will share.", "Gracias. En {month}, compartiremos."),
    }
    return Handout(**{**known, **changes})


def texts(pdf):
    """What each page says, with every white space as one space."""
    document = pypdfium2.PdfDocument(pdf)
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def text(pdf):
    """What all pages say."""
    return " ".join(texts(pdf))


def letters(said):
    """The letters of a text alone, which line breaks do not change; they may eat a hyphen."""
    return "".join(said.translate(dict.fromkeys(map(ord, "-\ufffe\u200b\u00ad"))).split())


def sizes(pdf):
    """Width and height of each page in points."""
    return [tuple(round(side) for side in page.get_size()) for page in pypdfium2.PdfDocument(pdf)]


def pictures(pdf, dpi=150):
    """Each page as a grey picture."""
    document = pypdfium2.PdfDocument(pdf)
    return [page.render(scale=dpi / 72, grayscale=True).to_pil() for page in document]


def addresses(picture):
    """What the QR codes of a picture say, sorted; a code that can not be read is missing."""
    found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    return sorted(code.text for code in found if code.valid)


def copied(picture, seed=2026):
    """A phone's view of it after a bad copier: askew, blurred, dirty, and every grey turned black or white."""
    chance = np.random.default_rng(seed)
    askew = picture.rotate(1.2, resample=Image.Resampling.BILINEAR, expand=True, fillcolor=255)
    dim = np.asarray(askew.filter(ImageFilter.GaussianBlur(0.9)), dtype=float)
    # A lamp that fades to one side, toner that is not even, and specks.
    dim = dim * np.linspace(0.8, 1, dim.shape[1]) + chance.normal(0, 22, dim.shape)
    dim[chance.random(dim.shape) < 0.004] = 0
    dim[chance.random(dim.shape) < 0.004] = 255
    copy = Image.fromarray(np.where(dim < 125, 0, 255).astype(np.uint8))
    # A phone's lens sees more dots than the copier printed, and none of them sharp.
    closer = copy.resize((2 * copy.width, 2 * copy.height), Image.Resampling.BICUBIC)
    return closer.filter(ImageFilter.GaussianBlur(1.2))


def is_tagged(pdf):
    """Whether it says what is a heading, a paragraph and a picture."""
    return bool(raw.FPDFCatalog_IsTagged(pypdfium2.PdfDocument(pdf)))


def metadata(pdf):
    """Title, author and so on."""
    return pypdfium2.PdfDocument(pdf).get_metadata_dict()


def fonts(pdf):
    """The name of each font that letters are drawn in, and whether it is within the file."""
    drawn = [each for page in pypdfium2.PdfDocument(pdf) for each in page.get_objects(max_depth=9)]
    used = [each.get_font() for each in drawn if each.type == raw.FPDF_PAGEOBJ_TEXT]
    return {font.get_base_name().partition("+")[2]: bool(font.is_embedded) for font in used}


def sizes_of_letters(pdf):
    """How large the smallest letters are, in points."""
    drawn = [each for page in pypdfium2.PdfDocument(pdf) for each in page.get_objects(max_depth=9)]
    return sorted({round(each.get_font_size(), 1) for each in drawn if each.type == raw.FPDF_PAGEOBJ_TEXT})
