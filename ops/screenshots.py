"""Takes the screenshots in docs/screenshots from a running site: `python -m ops.screenshots http://127.0.0.1:8000`.

There is one sheet for each page: a phone, a tablet and a desktop, light above and dark below. With the name and
password of a superuser after the address, it takes the screenshots of the editors' guide instead.
"""

import io
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).parent.parent / "docs" / "screenshots"
WIDTHS = (320, 768, 1280)
HEIGHT, GAP, SCALE = 1100, 24, 0.5
VERDICT = "salary=115000&location=us-austin-tx&" + "&".join(
    f"skill={slug}" for slug in ("ai-ml-integration", "cloud-architecture", "kubernetes", "system-design")
)
PAGES = {
    "home": "/",
    "verdict": f"/verdict/?{VERDICT}",
    "compare": f"/compare/with/?location=berlin&a={VERDICT.replace('&', '%26').replace('=', '%3D')}%26edition%3D1",
    "skills": "/skills/",
    "skill": "/skills/ai-ml-integration/",
    "articles": "/articles/",
    "article": "/articles/why-advert-gaps-overstate-skills/",
    "methodology": "/methodology/#1-from-evidence-to-a-premium",
    "sources": "/sources/",
    "changes": "/changes/",
    "privacy": "/privacy/",
    "mistakes": "/verdict/?salary=lots&location=birmingham",
    "not-found": "/skills/kubernets/",
}


#: The guide's screenshots: a path, the row to open there, and the part of its page.
ADMIN_PAGES = {
    "admin-dashboard": ("", "", "#content"),
    "admin-skill": ("skills/skill/", "Kubernetes", "#evidence-group"),
    "admin-publish": ("skills/edition/publish/", "", "#content"),
    "admin-article": ("skills/article/", "What stacking skills really does", "#content"),
}


def main(address: str, *account: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), chromium_sandbox=False)
        pictures = admin_pictures(chromium, f"{address}/admin/", *account) if account else sheets(chromium, address)
        for name, picture in pictures:
            picture.save(FOLDER / f"{name}.webp", quality=72, method=6)
            print(name, flush=True)


def sheets(chromium: Browser, address: str) -> Iterator[tuple[str, Image.Image]]:
    for name, path in PAGES.items():
        yield name, sheet(chromium, f"{address}{path}")


def admin_pictures(chromium: Browser, admin: str, user: str, password: str) -> Iterator[tuple[str, Image.Image]]:
    page = chromium.new_page(viewport={"width": 1280, "height": HEIGHT}, color_scheme="light")
    page.goto(admin)
    page.get_by_label("Username").fill(user)
    page.get_by_label("Password").fill(password)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    for name, (path, row, part) in ADMIN_PAGES.items():
        page.goto(f"{admin}{path}")
        if row:
            page.get_by_role("link", name=row, exact=True).first.click()
        page.wait_for_load_state("networkidle")
        page.locator(part).evaluate("part => part.scrollIntoView({ behavior: 'instant' })")
        yield name, _picture(page, 1280, 0.7)


def sheet(chromium: Browser, url: str) -> Image.Image:
    rows = [[view(chromium, url, width, scheme) for width in WIDTHS] for scheme in ("light", "dark")]
    size = (sum(view.width + GAP for view in rows[0]) - GAP, 2 * rows[0][0].height + GAP)
    whole = Image.new("RGB", size, "#8a938e")
    for row, views in enumerate(rows):
        left = 0
        for each in views:
            whole.paste(each, (left, row * (each.height + GAP)))
            left += each.width + GAP
    return whole


def view(chromium: Browser, url: str, width: int, scheme: str) -> Image.Image:
    page = chromium.new_page(
        viewport={"width": width, "height": HEIGHT},
        color_scheme=scheme,  # type: ignore[arg-type]  # one of the two it knows
    )
    page.goto(url)
    page.wait_for_load_state("networkidle")
    picture = _picture(page, width, SCALE)
    page.close()
    return picture


def _picture(page: Page, width: int, scale: float) -> Image.Image:
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    return picture.resize((round(width * scale), round(HEIGHT * scale)), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"), *sys.argv[2:])
