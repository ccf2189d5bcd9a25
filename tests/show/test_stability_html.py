"""The stability report in notebooks: one cell a finding, and what all cells would repeat said once."""

import re

import deterrence as dt
from deterrence.show.stability_html import report_html

STAGE = dt.NormalForm.from_arrays([[3, 0], [5, 1]], [[3, 5], [0, 1]], actions=[["hold", "attack"]] * 2)


def cells(html: str, profile: str) -> list[str]:
    """The cells of a profile's row in the first table, without tags."""
    row, _ = [r for r in re.findall(r"<tr>(.*?)</tr>", html) if f"<b>{profile}</b>" in r]
    return [re.sub(r"<[^>]*>", " ", c).strip() for c in re.findall(r"<td[^>]*>(.*?)</td>", row)]


def test_never_with_errors_leaves_ties_open_and_the_common_note_stands_once() -> None:
    profiles = {"grim": "grim", "tit-for-tat": "tit-for-tat", "attack": "always-defect"}
    html = report_html(dt.stability(dt.repeat(STAGE, "delta", profiles)))
    assert cells(html, "tit-for-tat")[2:4] == ["never", "never"]
    assert cells(html, "attack")[1:4] == ["always", "always", "always"]
    assert html.count("each deviation loses there") == 1
    assert html.index("each deviation loses there") > html.index("</table>")
    gift = dt.NormalForm.from_arrays([[2, -1], [3, 0]], [[2, 3], [-1, 0]])  # all ties at delta = 1/3
    html = report_html(dt.stability(dt.repeat(gift, "delta", {"tit-for-tat": "tit-for-tat"})))
    assert cells(html, "tit-for-tat")[3] == "never, but perhaps at ties"


def test_notes_that_differ_stay_in_their_cells() -> None:
    game = dt.repeat(STAGE, "delta", {"grim": "grim", "two-tats": "tit-for-two-tats"}, noise="e")
    html = report_html(dt.stability(game))
    assert "with errors at the rate e" in cells(html, "grim")[3]  # four joint states keep the symbol
    assert cells(html, "two-tats")[3] == "never"
    assert "Column" not in html
