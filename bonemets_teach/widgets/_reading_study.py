"""What the page needs to know of a study before it asks for pixels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from bonemets_teach.errors import ParameterError
from bonemets_teach.imaging.patient_record import LabValue
from bonemets_teach.imaging.patient_series import Study, StudySeries

__all__ = ["arrangements", "fusions", "series_message", "slice_bytes", "study_message"]

_LARGEST_BYTES: Final = 8_000_000
"""Most that one message may carry [bytes]; chosen, so that the page stays quick on a slow line."""
_UNIT_WORDS: Final = {"display": "%", "signal": "a.u."}


def study_message(study: Study) -> dict[str, Any]:
    """Return a study without its pixels.

    Parameters
    ----------
    study : Study
        From `bonemets_teach.imaging.patient_study.acquire`.

    Returns
    -------
    message : dict
        "history", "labs", "series", "fusions" and "arrangements": nothing that tells where a lesion is.
    """
    patient = study.patient
    return {
        "seed": patient.seed,
        "difficulty": patient.difficulty,
        "history": patient.history,
        "labs": [_lab(lab) for lab in patient.labs],
        "series": [series_message(series) for series in study.series],
        "fusions": fusions(study.series),
        "arrangements": arrangements(study.series),
    }


def series_message(series: StudySeries) -> dict[str, Any]:
    """Return one series without its pixels.

    Parameters
    ----------
    series : StudySeries
        A stack.

    Returns
    -------
    message : dict
        Shape, unit, scale, affine and window presets; series of one "group" share the window in the page.
    """
    slices, rows, columns = series.shape
    when = "now" if series.date == "current" else f"{series.months_ago:g} months ago"
    return {
        "id": series.id,
        "title": series.title,
        "modality": series.modality,
        "date": series.date,
        "when": when,
        "unit": _UNIT_WORDS.get(series.unit, series.unit),
        "slices": slices,
        "rows": rows,
        "columns": columns,
        "scale": series.scale,
        "pixel_mm": list(series.pixel_mm),
        "affine": series.affine.tolist(),
        "windows": [
            {
                "name": window.name[:1].upper() + window.name[1:],
                "center": window.center,
                "width": window.width,
            }
            for window in series.windows
        ],
        "inverted": series.inverted,
        "projection": series.projection,
        "group": _group(series),
    }


def fusions(series: Sequence[StudySeries]) -> list[dict[str, Any]]:
    """Return which series can be laid over another one: uptake over the CT of the same date, plane by plane.

    Parameters
    ----------
    series : sequence of StudySeries
        All of a study.

    Returns
    -------
    fusions : list of dict
        "id", "title", "base" and "over" (ids) and "names" of the two; they need not agree in grid or direction, since
        the page lays them on one another by their affines.
    """
    stacks = [one for one in series if not one.projection and one.date == "current"]
    planes = [one for one in stacks if one.modality == "CT"]
    found = []
    for name, modality in (("SPECT", "NM"), ("PET", "PT")):
        uptake = [one for one in stacks if one.modality == modality]
        for ct in planes if uptake else ():
            # The stack cut like the CT needs the fewest slices for a picture.
            over = next((one for one in uptake if one.plane == ct.plane), uptake[0])
            found.append({
                "id": f"{name.lower()}-over-{ct.id}", "title": f"{name}/CT, {ct.plane}", "base": ct.id, "over": over.id,
                "names": ["CT", name],
            })  # fmt: skip
    return found


def slice_bytes(series: StudySeries, first: Any, count: Any) -> bytes:
    """Return stored values of some slices.

    Parameters
    ----------
    series : StudySeries
        A stack.
    first, count : int
        Which slices, as the page asks for them.

    Returns
    -------
    data : bytes
        Little-endian signed 16-bit integers, slice by slice, row by row.

    Raises
    ------
    ParameterError
        If the series has no such slices, or they are too many for one message.
    """
    slices, rows, columns = series.shape
    if not _is_whole(first) or not _is_whole(count) or not 0 <= first < first + count <= slices:
        message = (
            f"slices {first!r} + {count!r} are not all among the {slices} of {series.title}; reload the page"
        )
        raise ParameterError(message)
    if count > 1 and 2 * count * rows * columns > _LARGEST_BYTES:
        message = f"{count} slices of {series.title} are too many for one message; ask for fewer"
        raise ParameterError(message)
    return series.pixels[first : first + count].astype("<i2").tobytes()


def arrangements(series: Sequence[StudySeries]) -> list[dict[str, str]]:
    """Return which two series stand side by side at a press of a button.

    Parameters
    ----------
    series : sequence of StudySeries
        All of a study.

    Returns
    -------
    pairs : list of dict
        "label", "left" and "right"; the first one is shown first.
    """
    found = [(label, left.id, right.id) for label, left, right in _pairs(series)]
    for name in ("SPECT/CT", "PET/CT"):
        fused = [one["id"] for one in fusions(series) if one["title"].startswith(name)]
        if fused:
            found.append((name, fused[0], fused[min(1, len(fused) - 1)]))
    if not found:
        found = [("All", series[0].id, series[-1].id)]
    return [{"label": label, "left": left, "right": right} for label, left, right in found]


def _pairs(series: Sequence[StudySeries]) -> Iterator[tuple[str, StudySeries, StudySeries]]:
    current = [one for one in series if one.date == "current"]
    whole = [one for one in current if one.modality == "NM" and one.projection]
    if len(whole) >= 2:
        yield "Front and back", whole[0], whole[1]
    for now in whole[-1:]:
        for prior in (one for one in series if one.date == "prior" and one.title == now.title):
            yield "Prior and now", prior, now
    for now in [one for one in current if one.modality == "CT"][:1]:
        for prior in (one for one in series if one.date == "prior" and one.title == now.title):
            yield "Prior CT", prior, now
    for label, modality in (("PET", "PT"), ("CT", "CT"), ("MRI", "MR"), ("Films", "DX")):
        same = [one for one in current if one.modality == modality]
        if len(same) >= 2:
            # An axial and an upright plane say more together than two of one kind.
            other = next((one for one in same[1:] if one.plane != same[0].plane), same[1])
            yield label, same[0], other
    spect = [one for one in current if one.modality == "NM" and not one.projection]
    ct, mr = ([one for one in current if one.modality == kind] for kind in ("CT", "MR"))
    planes = {one.plane: one for one in ct}
    for label, others in (("CT, SPECT", spect), ("CT, MRI", mr)):
        if ct and others:
            yield label, planes.get(others[0].plane, ct[0]), others[0]


def _group(series: StudySeries) -> str:
    # Signal of MRI has no scale of its own; counts of two views or two dates are compared on one.
    own = series.id if series.modality == "MR" else ""
    return f"{series.modality}|{series.unit}|{series.region}|{series.projection}|{own}"


def _lab(lab: LabValue) -> dict[str, Any]:
    return {
        "name": lab.name, "value": lab.value, "unit": lab.unit, "low": lab.low, "high": lab.high, "flag": lab.flag,
    }  # fmt: skip


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
