"""A program of its own that gives the runs of text on a PDF's pages, as JSON; the PDF comes on standard input.

A few lines of PDF can keep the library busy for ever (a form that paints itself twice), ask it for gigabytes, or crash
it: whoever starts this program ends it where it takes too long, and lives on.
"""

import json
import sys
from typing import Any

import pypdfium2
import pypdfium2.raw as raw

MEMORY = 4 << 30  # bytes that it may ask for, where the system can say no


def _notes(page: pypdfium2.PdfPage) -> int:
    """Count a page's annotations and form fields that hold text: what is written beside and over a page."""
    count = 0
    for number in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, number)
        if annotation:
            # A string's length is given in bytes, its end of two included.
            count += any(raw.FPDFAnnot_GetStringValue(annotation, key, None, 0) > 2 for key in (b"Contents", b"V"))
            raw.FPDFPage_CloseAnnot(annotation)
    return count


def runs(data: bytes) -> dict[str, Any]:
    """Give a PDF's runs by page, each with its box, and its own fields; or what is wrong, and on which page."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        return {"fault": "password" if "password" in str(error).lower() else "file"}
    pages: list[list[tuple[str, float, float, float, float]]] = []
    notes = 0
    try:
        for number in range(len(document)):
            page = document[number]
            text_page = page.get_textpage()
            found = []
            for k in range(text_page.count_rects()):
                box = text_page.get_rect(k)
                text = text_page.get_text_bounded(*box).replace("\r\n", "").replace("\n", "")
                if text.strip():
                    found.append((text, *box))
            pages.append(found)
            notes += _notes(page)
            text_page.close()
        beside = {"notes and form fields": notes, "attached files": document.count_attachments()}
        return {"pages": pages, "meta": document.get_metadata_dict(), "beside": beside}
    except (pypdfium2.PdfiumError, ValueError):  # ValueError: text in no encoding
        return {"fault": "page", "page": len(pages) + 1}


if __name__ == "__main__":
    try:
        import resource
    except ImportError:  # Windows
        pass
    else:
        most = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY if most == resource.RLIM_INFINITY else min(MEMORY, most), most))
    json.dump(runs(sys.stdin.buffer.read()), sys.stdout)
