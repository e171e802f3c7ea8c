"""Computes the figure of one patient in every modality; run it as a script after a model has changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont
from scipy.ndimage import map_coordinates

from bonemets_teach.content import asset, assets_folder
from bonemets_teach.imaging.patient_record import Finding
from bonemets_teach.imaging.patient_series import NamedWindow, Study, StudySeries
from bonemets_teach.imaging.patient_study import acquire, generate_patient
from bonemets_teach.imaging.patient_truth import truth_in

FIGURE = "figures/course/one-patient.png"
# A man with prostate cancer and a blastic metastasis in L3 that every modality shows.
SEED, DIFFICULTY, SHOWN = 27, "easy", "A"
SIZE = (1490, 916)
CAPTION_PX = 23
_Gray = npt.NDArray[np.uint8]


@dataclass(frozen=True, kw_only=True)
class Panel:
    """One picture of the figure: what it shows, where it stands, and how many mm are across it.

    ``middle`` is a share of the image (row, column), or None for the finding; ``offset`` moves it [mm].
    """

    series: str
    caption: str
    at: tuple[int, int]
    size: tuple[int, int]
    width_mm: float
    middle: tuple[float, float] | None = None
    offset: tuple[float, float] = (0.0, 0.0)
    window: NamedWindow | None = None


def panels(study: Study) -> Iterator[Panel]:
    """Yield the panels: whole body at the left, the lumbar spine at the right and below."""
    months = f"{study.patient.prior_months:g} months before"
    whole = (
        ("bone-scan-anterior", "Bone scan, anterior"), ("bone-scan-posterior", "Bone scan, posterior"),
        ("bone-scan-posterior-prior", f"Posterior, {months}"), ("pet-mip", f"{study.patient.tracer} PET"),
    )  # fmt: skip
    for number, (series, caption) in enumerate(whole):
        yield Panel(
            series=series,
            caption=caption,
            at=(206 * number, 0),
            size=(200, 640),
            width_mm=584.0,
            middle=(0.5, 0.5),
        )
    film = NamedWindow(name="film", center=22.0, width=104.0)
    low = 640 + CAPTION_PX
    yield Panel(
        series="film-ap",
        caption="Radiograph, AP",
        at=(0, low),
        size=(452, 230),
        width_mm=176.0,
        middle=(0.5, 0.5),
        window=film,
    )
    yield Panel(series="film-lateral", caption="Radiograph, lateral", at=(458, low), size=(360, 230), width_mm=140.0, middle=(0.5, 0.5), window=film)  # fmt: skip
    left, right, wide = 836, 1166, 324
    yield Panel(
        series="mri-t1", caption="MRI, T1", at=(left, 0), size=(wide, 404), width_mm=158.0, middle=(0.5, 0.47)
    )
    yield Panel(series="mri-stir", caption="MRI, STIR", at=(right, 0), size=(wide, 404), width_mm=158.0, middle=(0.5, 0.47))  # fmt: skip
    row = 404 + CAPTION_PX
    yield Panel(series="ct-axial", caption="CT, axial", at=(left, row), size=(wide, 226), width_mm=150.0, offset=(18.0, 10.0))  # fmt: skip
    yield Panel(series="ct-sagittal", caption="CT, sagittal", at=(right, row), size=(wide, 226), width_mm=122.0, offset=(0.0, 18.0))  # fmt: skip
    row += 226 + CAPTION_PX
    yield Panel(series="spect-axial", caption="SPECT, axial", at=(left, row), size=(wide, 217), width_mm=370.0, offset=(10.0, 0.0))  # fmt: skip
    yield Panel(series="ct-coronal", caption="CT, coronal", at=(right, row), size=(wide, 217), width_mm=128.0, offset=(0.0, 8.0))  # fmt: skip


def figure() -> _Gray:
    """Return the figure as a gray image."""
    study = acquire(generate_patient(SEED, difficulty=DIFFICULTY))
    finding = next(one for one in study.patient.findings if one.id == SHOWN)
    canvas = Image.new("L", SIZE, 0)
    draw = ImageDraw.Draw(canvas)
    font = ImageFont.load_default(size=15)
    for panel in panels(study):
        series = study[panel.series]
        x, y = panel.at
        gray, arrow = _picture(series, panel, finding)
        canvas.paste(Image.fromarray(gray), (x, y + CAPTION_PX))
        draw.text((x + 2, y + 2), panel.caption, fill=225, font=font)
        _point_at(draw, x + arrow[0], y + CAPTION_PX + arrow[1])
    return np.asarray(canvas)


def _picture(series: StudySeries, panel: Panel, finding: Finding) -> tuple[_Gray, tuple[float, float]]:
    """Return the pixels of a panel, and where in it the finding lies."""
    place = truth_in(series, finding)
    assert place is not None
    window = panel.window or series.windows[0]
    middle = (place.row, place.column)
    if panel.middle is not None:
        middle = (panel.middle[0] * (series.shape[1] - 1), panel.middle[1] * (series.shape[2] - 1))
    middle = tuple(m + o / edge for m, o, edge in zip(middle, panel.offset, series.pixel_mm, strict=True))  # type: ignore[assignment]
    width, height = panel.size
    mm = panel.width_mm / width
    rows, columns = (
        center + (np.arange(count) - (count - 1) / 2) * mm / edge
        for center, count, edge in zip(middle, (height, width), series.pixel_mm, strict=True)
    )
    image = series.values(place.middle[0])
    dark = window.center - window.width / 2
    grid = np.meshgrid(rows, columns, indexing="ij")
    shown = map_coordinates(image, grid, order=1, cval=min(dark, float(image.min())))
    share = np.clip((shown - dark) / window.width, 0, 1)
    gray = np.rint(255 * (1 - share if series.inverted else share)).astype(np.uint8)
    at = (np.interp(place.column, columns, np.arange(width)), np.interp(place.row, rows, np.arange(height)))
    reach = place.columns * series.pixel_mm[1] / mm
    return gray, (float(at[0]) - min(reach, 40.0) - 5, float(at[1]))


def _point_at(draw: ImageDraw.ImageDraw, x: float, y: float) -> None:
    """Draw a white arrowhead with a black edge, its tip at a point."""
    corners: list[tuple[float, float]] = [(x, y), (x - 15, y - 7), (x - 11, y), (x - 15, y + 7)]
    draw.polygon(corners, fill=255, outline=0)


def stored() -> npt.NDArray[Any]:
    """Return the figure that stands in the assets."""
    return np.asarray(Image.open(asset(FIGURE)).convert("L"))


def main() -> None:
    """Write the figure."""
    path = assets_folder() / FIGURE
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(figure()).save(path, "png", optimize=True)


if __name__ == "__main__":
    main()
