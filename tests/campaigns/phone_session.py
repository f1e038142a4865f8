"""One family's session: what it does according to its plan, and what must hold at each step of it."""

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from campaigns import phone_broken
from campaigns.phone_family import PATIENCE, Phone
from campaigns.phone_network import Network
from campaigns.phone_plan import Kind, Plan, Trouble
from playwright.sync_api import Error, Page

from survey.storage.sites import Site

if TYPE_CHECKING:
    from campaigns.phone import District, Home

# The page keeps what is being typed when the hand has rested for a quarter of a second.
RESTED = 500


@dataclass(slots=True)
class Ended:
    """How a session went: its steps, how often something was posted, and the rules that were broken."""

    plan: Plan
    steps: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    posts: int = 0
    waited: bool = False
    seconds: float = 0


@dataclass(slots=True)
class Session:
    """One family with its phone, somewhere on the net, at a school of its own."""

    plan: Plan
    school: Site
    home: "Home"
    network: Network
    district: "District"
    phone: Phone
    ended: Ended = field(init=False)
    chosen: list[tuple[str, str]] = field(default_factory=list)
    other_tab: Page | None = None

    @property
    def address(self) -> str:
        """The survey at this school."""
        return f"{self.network.address}/s/{self.school.slug}/{self.district.window.survey}"

    def play(self) -> Ended:
        """Play it to its end; whatever stops it is a rule broken."""
        self.ended, began = Ended(self.plan), time.monotonic()
        try:
            self.play_all()
        except (Error, TimeoutError, LookupError) as stopped:
            shown = self.phone.text()
            self.ended.broken.append(f"stopped: {stopped}; the page said: {shown!r}")
        self.ended.posts = len(self.network.posted)
        self.ended.steps += [f"{p.method} {p.fault or 'passed'} -> {p.status}" for p in self.network.posted]
        self.ended.seconds = time.monotonic() - began
        return self.ended

    def play_all(self) -> None:
        """From the first page to a look at what is left."""
        plan, phone, network = self.plan, self.phone, self.network
        if plan.kind is Kind.SCRIPT_LOST:
            network.never = "/phone.js"
            phone.has_module = False
        if plan.broken:
            network.module = phone_broken.without(plan.broken)
        network.pages.extend(plan.pages)
        phone.open(f"{self.address}?l={plan.language}")
        if plan.kind is Kind.FULL:
            phone.fill_up()
            phone.open(self.address)
        self.fill()
        network.posts.extend(plan.posts)
        self.send()
        self.arrive()
        self.look_back()

    def fill(self) -> None:
        """Answer everything that is to be answered."""
        answers = [(item, code) for item, codes in self.plan.answers.items() for code in codes]
        for n, (item, code) in enumerate(answers):
            self.trouble(self.plan.while_filling.get(n))
            self.phone.choose(item, code)
            self.chosen.append((item, code))
            if self.plan.kind is Kind.AWAY and not self.network.is_away:
                self.go_away(is_last=n == len(answers) - 1)
        self.phone.write(self.district.comment, self.plan.comment)
        self.chosen.append((self.district.comment, self.plan.comment))
        self.trouble(self.plan.while_filling.get(len(answers)))
        self.phone.to_send()

    def go_away(self, *, is_last: bool) -> None:
        """To where there is no signal, once the phone has what it needs there: what did not come is tried again."""
        until = time.monotonic() + PATIENCE / 3
        while not self.phone.is_kept_to_open() and time.monotonic() < until:
            self.phone.page.wait_for_timeout(50)
        if self.phone.is_kept_to_open():
            self.network.is_away = True
            self.phone.signal(there=False)
        elif is_last:
            raise TimeoutError("the survey can not be opened without a signal")

    def trouble(self, what: Trouble | None) -> None:
        """Let it happen, and see that what was answered is still there."""
        if what is None:
            return
        self.ended.steps.append(what)
        if what is Trouble.LANGUAGE:
            self.phone.switch()
        else:
            self.restart(what)
            if self.chosen and not self.phone.begin():
                self.ended.broken.append(f"{what}: nothing of the survey is left")
        there = self.phone.answers()
        if there != _as_posted(self.chosen):
            self.ended.broken.append(f"{what}: {self.chosen} became {there}")
            for item, code in self.chosen:
                self.phone.write(item, code) if item == self.district.comment else self.phone.choose(
                    item, code
                )

    def restart(self, what: Trouble) -> None:
        """Begin anew on the same phone."""
        self.phone.page.wait_for_timeout(RESTED)
        match what:
            case Trouble.TAB_KILLED:
                self.phone.kill_tab()
            case Trouble.BROWSER_KILLED:
                self.phone.kill_browser()
        self.phone.open(self.address)

    def send(self) -> None:
        """Press Send."""
        if self.plan.kind is Kind.TWO_TABS:
            self.other_tab = self.phone.page
            self.phone.page = self.phone.another_tab()
            self.phone.open(self.address)
            if not self.phone.begin():
                self.ended.broken.append("the second tab knows of no survey")
            self.phone.to_send()
            self.phone.send_from(self.other_tab)
        self.phone.send(taps=2 if self.plan.kind is Kind.TAPPED_TWICE else 1)
        if self.plan.kind is Kind.RESTARTED:
            self.home.kill()

    def arrive(self) -> None:
        """Wait for what the phone says, do as it says, and look behind it each time."""
        until = time.monotonic() + 3 * PATIENCE
        while (shown := self.phone.shown()) != "received":
            if self.plan.broken and self.ended.broken:
                return
            if time.monotonic() > until:
                raise TimeoutError("never received")
            if shown == "waiting":
                if not self.ended.waited:
                    self.wait_once()
                self.phone.send_now()
            elif shown in ("loading", "between") and not (self.phone.has_module or self.network.under_way):
                # A page that came in part, as the browser leaves it: the family loads it again.
                self.phone.page.wait_for_timeout(RESTED)
                if self.phone.shown() == shown:
                    self.phone.send_now()
            elif shown in ("survey", "drafts"):
                self.send_again()
            elif shown == "gone" and self.other_tab:
                self.phone.page = self.other_tab
            self.phone.page.wait_for_timeout(50)
        self.ended.steps.append("received")
        self.compare()

    def wait_once(self) -> None:
        """It says that it was not sent yet: everything is kept, whatever happens to the phone meanwhile."""
        self.ended.waited = True
        self.ended.steps.append("not sent yet")
        if self.plan.keeps and _as_posted(self.chosen) not in self.phone.sealed():
            self.ended.broken.append(f"not sent yet, and not kept: {self.phone.kept()}")
        # What is under way may still arrive: the phone is not restarted at the moment it hears of it.
        self.network.takes_posts = False
        while self.network.under_way:
            self.phone.page.wait_for_timeout(50)
        self.phone.page.wait_for_timeout(RESTED)
        if self.plan.while_waiting and self.phone.shown() == "waiting":
            self.ended.steps.append(self.plan.while_waiting)
            self.restart(self.plan.while_waiting)
        self.network.takes_posts, self.network.is_away = True, False
        self.phone.signal(there=True)

    def send_again(self) -> None:
        """The survey is on the page as if it had not been sent: the family goes on with it, or does it all again."""
        if not self.phone.begin() and self.phone.answers() != _as_posted(self.chosen):
            self.ended.broken.append("Send was pressed, and the phone knows of no survey")
            for item, code in self.chosen:
                self.phone.write(item, code) if item == self.district.comment else self.phone.choose(
                    item, code
                )
        self.ended.steps.append("sent again")
        self.phone.to_send()
        self.phone.send()

    def compare(self) -> None:
        """What was said to be received is stored, once, as it was chosen."""
        responses, comments = self.district.stored(self.school), self.district.comments(self.school)
        wanted = {item: codes for item, codes in self.plan.answers.items() if codes}
        if responses != [wanted]:
            self.ended.broken.append(f"received, and stored: {responses}; chosen: {wanted}")
        if comments != [self.plan.comment]:
            self.ended.broken.append(f"received, and the comments are {comments}")

    def look_back(self) -> None:
        """Nothing of it is left on the phone, and nothing more arrives."""
        self.phone.open(self.address)
        left = {name: text for name, text in self.phone.kept().items() if not name.startswith("other.")}
        if any(self.district.comment in text or self.plan.comment in text for text in left.values()):
            self.ended.broken.append(f"received, and still kept: {left}")
        self.compare()


def _as_posted(chosen: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Name and value of each answer in order, with the line ends a form posts."""
    return sorted(chosen)
