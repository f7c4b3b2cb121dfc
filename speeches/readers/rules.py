"""The straight rules drawn on a page of a PDF, as they make up tables."""

import ctypes
from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from speeches.readers.grids import Rule

_MOST_OBJECTS = 3000  # of a page: beyond it is a drawing
_MOST_SEGMENTS = 400  # of a path
_THIN = 2.5  # points: a filled box thinner than this is a rule
_WHOLE = 0.9  # of the page: a box as large is its background
_LONG = 6.0  # points: anything shorter is a stroke of something else
Point = tuple[float, float]


def rules(page: pdfium.PdfPage, left: float, top: float) -> tuple[list[Rule], list[Rule]]:
    """Rules across and down the page, measured from its top left corner."""
    across: list[Rule] = []
    down: list[Rule] = []
    for (x0, y0), (x1, y1) in _strokes(page):
        a, b, c, d = x0 - left, x1 - left, top - y0, top - y1
        if abs(c - d) < _THIN and abs(a - b) > _LONG:
            across.append(Rule((c + d) / 2, min(a, b), max(a, b)))
        elif abs(a - b) < _THIN and abs(c - d) > _LONG:
            down.append(Rule((a + b) / 2, min(c, d), max(c, d)))
    return across, down


def _strokes(page: pdfium.PdfPage) -> Iterator[tuple[Point, Point]]:
    for number, shape in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3)):
        if number > _MOST_OBJECTS:
            return
        try:
            left, bottom, right, top = shape.get_bounds()
        except pdfium.PdfiumError:
            continue
        if right - left > _WHOLE * page.get_width() and top - bottom > _WHOLE * page.get_height():
            continue
        if min(right - left, top - bottom) < _THIN:
            yield (left, bottom), (right, top)
        else:
            yield from _segments(shape)


def _segments(shape: pdfium.PdfObject) -> Iterator[tuple[Point, Point]]:
    """The sides of a path: a frame around a cell, or a whole grid drawn in one go."""
    count = raw.FPDFPath_CountSegments(shape)
    if count > _MOST_SEGMENTS:
        return
    matrix = shape.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    begun: Point | None = None
    last: Point | None = None
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(shape, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point: Point = matrix.on_point(x.value, y.value)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
            begun = point
        elif last is not None:
            yield last, point
        if raw.FPDFPathSegment_GetClose(segment) and begun is not None:
            yield point, begun
        last = point
