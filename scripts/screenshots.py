"""Takes the pictures of docs/screenshots from a running site: `python -m scripts.screenshots http://127.0.0.1:8000`.

One sheet a page: a phone, a tablet and a desk, in light above and in dark below.
"""

import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

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


def main(address: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), chromium_sandbox=False)
        for name, path in PAGES.items():
            sheet(chromium, f"{address}{path}").save(FOLDER / f"{name}.webp", quality=72, method=6)
            print(name, flush=True)


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
    picture = Image.open(io.BytesIO(page.screenshot()))
    page.close()
    return picture.convert("RGB").resize((round(width * SCALE), round(HEIGHT * SCALE)), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
