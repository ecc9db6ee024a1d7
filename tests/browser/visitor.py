"""A browser tab as a visitor uses it."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page

from pipelines.settings import CODE_ROOT

SHOTS = CODE_ROOT / ".cache" / "screenshots"
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


class Visitor:
    """A tab that remembers which hosts it asked and what it was told."""

    def __init__(self, browser: Browser, address: str, size: dict[str, int]) -> None:
        self.page: Page = browser.new_page(viewport=size)  # type: ignore[arg-type]
        self.address = address
        self.asked: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("websocket", lambda opened: self.asked.append(opened.url))

    def open(self, path: str = "/") -> Page:
        self.page.goto(f"{self.address}{path}")
        return self.settle()

    def settle(self) -> Page:
        self.page.wait_for_selector(".foot", timeout=30_000)
        self.page.wait_for_selector("[data-testid='stApp'][data-test-script-state='notRunning']", timeout=30_000)
        self.page.wait_for_timeout(400)
        return self.page

    def shoot(self, name: str) -> None:
        SHOTS.mkdir(parents=True, exist_ok=True)
        size = self.page.viewport_size
        height = self.page.evaluate("document.querySelector('.stMain').scrollHeight")
        assert size is not None
        self.page.set_viewport_size({"width": size["width"], "height": min(height + 20, 9000)})
        self.page.wait_for_timeout(600)
        self.page.screenshot(path=SHOTS / f"{name}.png")
        self.page.set_viewport_size(size)

    def strangers(self) -> list[str]:
        own = urlsplit(self.address).netloc
        return [
            url for url in self.asked if urlsplit(url).scheme not in ("data", "blob") and urlsplit(url).netloc != own
        ]
