"""A PDF page whose text runs up or down, as a table too wide for its page is printed, set upright."""

from __future__ import annotations

from pdfplumber.page import Page


def upright(page: Page) -> Page:
    """Give a page as a reader holds it: turned where most of its text is not upright."""
    turned = [char for char in page.chars if not char["upright"]]
    if len(turned) * 2 <= len(page.chars):
        return page
    upwards = sum(char["matrix"][1] > 0 for char in turned)
    miner = page.page_obj
    miner.rotate = (miner.rotate + (90 if upwards * 2 > len(turned) else 270)) % 360
    again = Page(page.pdf, miner, page.page_number, page.initial_doctop)
    page.close()
    return again
