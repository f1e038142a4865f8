"""The whole line on real families' answers, through the command line as a technician would use it.

Run by ``PFI_DATA=FOLDER make real``, where FOLDER holds ``instrument.yaml``, ``sites.csv`` and
``responses.csv.gz``. The rows are not part of the project, so without the folder this is skipped.
"""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import independent
import pytest
from test_independent import figures_in

FOLDER = os.environ.get("PFI_DATA")
pytestmark = pytest.mark.skipif(not FOLDER, reason="PFI_DATA names no folder with the real rows")

SURVEY = Path(sys.executable).parent / "survey"
SITE = "west-city-midsize"


class Technician:
    """Runs commands on a database of its own, and keeps what each one took."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.took: list[tuple[str, float, float, int]] = []
        self.environment = {
            **os.environ,
            "DATABASE_URL": f"sqlite:///{folder / 'puente.sqlite'}",
            "SURVEY_CONTENT": str(folder / "content"),
            "SECRET_KEY": "a secret for measuring, and for nothing else",
            "DISTRICT_NAME": "National Household Education Surveys, 2019",
        }

    def does(self, *arguments: str) -> None:
        """Run ``survey`` with these arguments; it has to succeed."""
        with (self.folder / "said").open("w+") as said:
            begun = time.monotonic()
            process = subprocess.Popen(
                [SURVEY, *arguments], env=self.environment, stdout=said, stderr=subprocess.STDOUT
            )
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            seconds = time.monotonic() - begun
            said.seek(0)
            assert process.returncode == 0, said.read()
        words = [argument for argument in arguments if "/" not in argument]
        self.took.append(
            (" ".join(["survey", *words]), seconds, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024)
        )


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """The files of the release, made from nothing, and what each step took."""
    folder, data = tmp_path_factory.mktemp("real"), Path(FOLDER)
    (folder / "content").mkdir()
    shutil.copy(data / "instrument.yaml", folder / "content")
    technician = Technician(folder)
    technician.does("check", str(folder / "content"))
    technician.does("sites", "import", str(data / "sites.csv"))
    technician.does(
        "window", "open", "pfi", "--survey", "pfi2019", "--opens", "2019-01-03", "--closes", "2019-06-12"
    )
    technician.does("responses", "import", "--window", "pfi", str(data / "responses.csv.gz"))
    technician.does("window", "close", "pfi")
    technician.does("release", "screen", "pfi")
    shutil.copy(folder / "said", folder / "screened")
    technician.does("release", "pfi")
    for kind in ("csv", "xlsx"):
        technician.does("export", "pfi", "--format", kind, "--out", str(folder / f"district.{kind}"))
        technician.does(
            "export", "pfi", "--format", kind, "--site", SITE, "--out", str(folder / f"site.{kind}")
        )
    _tell("", "seconds  of CPU  peak MB  step")
    for step, seconds, cpu, megabytes in technician.took:
        _tell(f"{seconds:7.2f}  {cpu:6.2f}  {megabytes:7}  {step}")
    return folder


@pytest.fixture(scope="module")
def expected():
    data = Path(FOLDER)
    return independent.expected(data / "instrument.yaml", data / "responses.csv.gz", data / "sites.csv")


def test_every_published_figure_equals_the_one_computed_independently(exported, expected):
    found = figures_in((exported / "district.csv").read_bytes())

    assert found == expected.figures
    _tell_lost(expected)


def test_a_sites_file_holds_its_own_figures(exported, expected):
    found = figures_in((exported / "site.csv").read_bytes())

    assert found == {key: values for key, values in expected.figures.items() if key[0] == SITE}


def test_nothing_stands_out_among_real_families(exported):
    said = (exported / "screened").read_text()

    assert said.startswith("pfi: 7,744 or more open responses looked at.\nNothing stands out.")


def test_the_workbooks_are_there(exported):
    for name in ("district.xlsx", "site.xlsx"):
        assert (exported / name).read_bytes().startswith(b"PK")


def _tell_lost(expected: independent.Expected) -> None:
    """What protection cost: named groups of k or more that are not shown by themselves."""
    large = [key for key, size in expected.sizes.items() if key[1] and size >= 11]
    lost = [key for key in large if expected.groups[key][1] != "published"]
    share = len(lost) / len(large)
    _tell(
        "", f"{len(large)} groups of 11 or more, {len(lost)} of them ({share:.1%}) not shown by themselves."
    )
    _tell(f"{len(expected.figures):,} figures compared, all equal.")


def _tell(*lines: str) -> None:
    """What was measured, for whoever runs this by hand."""
    sys.stdout.write("".join(f"{line}\n" for line in lines))
