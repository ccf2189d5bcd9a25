"""Explorer pages in a real browser: they work by keyboard, load nothing, and agree with the library.

Needs chromium with its driver, the `browser` extra and axe-core from npm.  `dev.py test` leaves these out and CI
runs them: pytest tests/browser.
"""

from __future__ import annotations

import json
import random
import re
import tempfile
from fractions import Fraction
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.keys import Keys

from deterrence.algebra.region import NOWHERE
from deterrence.catalogue.ledger import ledger, results_of
from deterrence.catalogue.models import catalogue, load, solve
from deterrence.errors import OutOfScope
from deterrence.show.explorer import explorer_page, ledger_explorer_page
from deterrence.show.explorer_data import explorable
from deterrence.solve.isolation import critical_at
from deterrence.solve.profiles import ProfileAtlas

POINTS = 5000
AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)
PAGES = [n for n in sorted(catalogue()) if explorable(load(n))]


@pytest.fixture(scope="module")
def browser():
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for flag in (*FLAGS, f"--user-data-dir={tempfile.mkdtemp()}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    found = webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))
    found.set_window_size(1280, 900)
    yield found
    found.quit()


def opened(browser, tmp_path: Path, text: str, name: str = "page") -> None:
    path = tmp_path / f"{name}.html"
    path.write_text(text, encoding="utf-8")
    browser.get_log("performance")
    browser.get(path.as_uri())


def requests(browser) -> list[str]:
    """The addresses that the page asked for since it was opened, its own left out."""
    found = []
    for entry in browser.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            found.append(message["params"]["request"]["url"])
    return [url for url in found if not url.startswith(("file:", "data:"))]


def test_a_slider_moved_by_keyboard_changes_the_readout(browser, tmp_path):
    opened(browser, tmp_path, explorer_page(load("strike-restrain")))
    before = browser.find_element("id", "strike-restrain-status").text
    slider = browser.find_element("id", "strike-restrain-m")
    value = browser.find_element("id", "strike-restrain-m-value").text
    for _ in range(80):
        slider.send_keys(Keys.ARROW_LEFT)
    browser.execute_async_script("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")
    assert browser.find_element("id", "strike-restrain-m-value").text != value
    after = browser.find_element("id", "strike-restrain-status").text
    assert before != after and "exist here" in after
    # said aloud once the slider rests, and once only
    live = browser.find_element("id", "strike-restrain-live")
    assert live.get_attribute("aria-live") == "polite"
    browser.execute_script(
        "window.said = 0;"
        "new MutationObserver(() => { window.said += 1; }).observe(arguments[0], { childList: true });",
        live,
    )
    for _ in range(80):
        slider.send_keys(Keys.ARROW_RIGHT)
    browser.execute_async_script("setTimeout(arguments[0], 1000)")
    assert live.get_attribute("textContent") == before
    assert browser.execute_script("return said") <= 2


def test_a_click_on_a_witness_goes_there(browser, tmp_path):
    model = load("strike-restrain")
    results = results_of(model)
    opened(browser, tmp_path, explorer_page(model, results))
    first = next(r for r in results if getattr(r.verdict, "witness", None))
    browser.find_element("css selector", "ul.claims button").click()
    point = browser.execute_script("return explorer.point")
    assert all(abs(point[n] - float(v)) < 1e-12 for n, v in first.verdict.witness.items())


@pytest.mark.parametrize("name", PAGES)
def test_pages_agree_with_the_library(browser, tmp_path, name):
    """What exists by each standard of the page, at random exact points within the assumptions and outside."""
    model = load(name)
    try:
        page = explorer_page(model)
    except OutOfScope as stop:
        assert "components" in str(stop)  # said plainly, where there are too many to show
        return
    opened(browser, tmp_path, page, name)
    shown = {c.get_attribute("data-item") for c in browser.find_elements("css selector", "article.card")}
    points = random_points(model)
    inside = [model.domain.given.contains(p) for p in points]
    floats = [{n: float(v) for n, v in p.items()} for p in points]
    standards = browser.execute_script("return explorer.standards")
    for k, standard in enumerate(standards):
        regions = {i: r for i, r in library_regions(model, standard).items() if i in shown}
        assert set(regions) == shown
        ask = "return arguments[0].map((q) => explorer.existing(q, arguments[1]))"
        answers = browser.execute_script(ask, floats, k)
        for point, within, answer in zip(points, inside, answers, strict=True):
            there = sorted(i for i, r in regions.items() if r is not None and r.contains(point))
            assert (None if answer is None else sorted(answer)) == (there if within else None), point
    severe = [e["message"] for e in browser.get_log("browser") if e["level"] == "SEVERE"]
    assert severe == [] and requests(browser) == []


def library_regions(model, standard):
    found = solve(model, None, False)
    if isinstance(found, ProfileAtlas):
        return {t.id: t.nash if standard == "Nash" else t.subgame_perfect for t in found.tested}
    return {e.id: e.region for e in found.equilibria if e.projected}


def random_points(model):
    """Exact points whose floats are exact too; half of them near the example, so that many are inside."""
    rng = random.Random(7)
    example = model.domain.example
    points = []
    for k in range(POINTS):
        point = {}
        for p in model.domain.parameters:
            low, high = p.range or (Fraction(0), Fraction(2))
            free = low + (high - low) * Fraction(rng.randint(1, 1023), 1024)
            near = example.get(p.name, free)
            point[p.name] = free if k % 2 or rng.random() < 0.4 else near
            point[p.name] = Fraction(round(point[p.name] * 2**20), 2**20)
        points.append(point)
    return points


LOOKED_AT = [
    "strike-restrain",  # a table
    "proxy-tree",  # a tree
    "repeated-prisoners-dilemma",  # listed profiles
    "repeated-prisoners-dilemma-misperception",  # nothing settled
    "sanctions-over-time",  # states
    "common-fear",  # a network
]


@pytest.mark.parametrize("name", LOOKED_AT)
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light")])
def test_nothing_overflows_and_nothing_hinders(browser, tmp_path, name, width, scheme):
    """No sideways scrolling, and axe-core (from npm) finds no serious fault, contrast in the dark included."""
    browser.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    )
    browser.set_window_size(width, 900)
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600},
    )
    try:
        model = load(name)
        opened(browser, tmp_path, explorer_page(model, results_of(model)), name)
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width
        assert AXE.is_file(), "axe-core is missing: npm install --prefix tests/browser axe-core"
        browser.execute_script(AXE.read_text(encoding="utf-8"))
        faults = browser.execute_async_script("axe.run().then((r) => arguments[0](r.violations))")
        serious = [
            (f["id"], [n["html"][:120] for n in f["nodes"]])
            for f in faults
            if f["impact"] in ("serious", "critical")
        ]
        assert serious == []
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
        browser.set_window_size(1280, 900)


def test_a_moving_slider_samples_few_points_and_a_resting_one_more(browser, tmp_path):
    """The map is coarse while something moves, so that the page keeps up, and fine once it rests."""
    model = load("signal-of-resolve")
    opened(browser, tmp_path, explorer_page(model))
    count = """
      const input = document.querySelector('input[type=range]'), root = document.getElementById('explorer');
      input.stepUp(); input.dispatchEvent(new Event('input'));
      requestAnimationFrame(() => requestAnimationFrame(() => {
        const moving = Number(root.dataset.samples);
        setTimeout(() => arguments[0]([moving, Number(root.dataset.samples)]), 1500);
      }));"""
    moving, resting = browser.execute_async_script(count)
    assert 0 < moving <= 20_000 < resting


@pytest.mark.parametrize("name", ["repeated-chicken", "repeated-prisoners-dilemma-noise"])
def test_the_bars_end_at_the_critical_discount_factor(browser, tmp_path, name):
    """From where a profile is an equilibrium, at the example, by the library's isolation of roots."""
    model = load(name)
    opened(browser, tmp_path, explorer_page(model))
    rows = browser.find_elements("css selector", "section.bars:first-of-type tbody tr")
    texts = dict(r.text.strip().split("\n", 1) if "\n" in r.text else r.text.split(" ", 1) for r in rows)
    others = {n: v for n, v in model.domain.example.items() if n != "delta"}
    found = 0
    for t in solve(model):
        for region, word in ((t.subgame_perfect, "subgame perfect"), (t.nash, "Nash,?")):
            critical = critical_at(region, "delta", others) if region != NOWHERE else None
            if critical is None or critical.high == 0:
                continue
            said = re.search(rf"{word} from ([0-9.]+)", texts[t.id])
            if said is None:  # not from there to the end, or said once for both
                assert word != "subgame perfect" and t.nash == t.subgame_perfect, texts[t.id]
                continue
            assert abs(float(said[1]) - critical.low) < 1e-4
            found += 1
    assert found >= 5


def test_peace_under_errors_is_the_librarys(browser, tmp_path):
    """The share that tit-for-tat keeps is a quarter, and that of grim the square of the error rate."""
    opened(browser, tmp_path, explorer_page(load("repeated-prisoners-dilemma-noise")))
    rows = browser.find_elements("css selector", "section.bars:nth-of-type(2) tbody tr")
    texts = [r.text.replace("\n", " ") for r in rows]
    assert "tit-for-tat 25 % of rounds" in texts and "grim 0.25 % of rounds" in texts


def test_what_is_not_settled_is_not_denied(browser, tmp_path):
    opened(browser, tmp_path, explorer_page(load("repeated-prisoners-dilemma-misperception")))
    status = browser.find_element("id", "repeated-prisoners-dilemma-misperception-status").text
    assert "Not settled" in status and not browser.find_elements("css selector", "section.map")


def test_the_ledgers_page_opens_its_explorers(browser, tmp_path):
    names = ["strike-restrain", "inspection", "enforcement"]
    opened(browser, tmp_path, ledger_explorer_page(ledger(None, None, names)), "ledger")
    folds = browser.find_elements("css selector", "details.fold")
    assert folds
    for fold in folds:
        fold.find_element("css selector", "summary").click()
        browser.execute_async_script("setTimeout(arguments[0], 50)")
        assert fold.find_elements("css selector", "article.card")
    severe = [e["message"] for e in browser.get_log("browser") if e["level"] == "SEVERE"]
    assert severe == [] and requests(browser) == []
