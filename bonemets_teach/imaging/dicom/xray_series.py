"""Films and CT volumes of the simulator as series for export."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from bonemets_teach.errors import ParameterError
from bonemets_teach.imaging.ct_volume import CtVolume
from bonemets_teach.imaging.dicom.geometry import PlanarGeometry, VolumeGeometry
from bonemets_teach.imaging.dicom.series import Series
from bonemets_teach.imaging.radiograph import Radiograph

__all__ = ["ct_series", "film_series"]

_VIEWS: Final[Mapping[str, str]] = MappingProxyType({"AP": "AP", "PA": "PA", "lateral": "left lateral"})


def ct_series(volume: CtVolume, description: str = "CT", **settings: Any) -> Series:
    """Return a CT volume as a series.

    Parameters
    ----------
    volume : CtVolume
        From `bonemets_teach.imaging.ct_volume`.
    description : str, default "CT"
        Name in a viewer's list.
    **settings : value
        More DICOM keywords, such as ``BodyPartExamined="LSPINE"``.

    Returns
    -------
    series : Series
        CT, in HU, where the phantom has it.
    """
    corner = [center - edge / 2 for center, edge in zip(volume.origin_mm, volume.voxel_mm, strict=True)]
    used = volume.settings
    geometry = VolumeGeometry.from_phantom(
        "axial", volume.voxel_mm, corner_mm=(corner[0], corner[1], corner[2]),
        thickness_mm=used.slice_thickness_mm,
    )  # fmt: skip
    known = {
        "KVP": used.tube_voltage_kv,
        "Exposure": used.tube_current_time_mas,
        "ConvolutionKernel": used.kernel,
    }
    return Series(
        modality="CT", description=description, pixels=volume.hu, unit="HU", geometry=geometry,
        settings=known | settings,
    )  # fmt: skip


def film_series(
    films: Mapping[str, Radiograph] | Sequence[tuple[str, Radiograph]],
    description: str = "Radiograph",
    **settings: Any,
) -> Series:
    """Return films of one examination as a series.

    Parameters
    ----------
    films : mapping of {"AP", "PA", "lateral"} to Radiograph
        All of one size of pixel and picture.
    description : str, default "Radiograph"
        Name in a viewer's list.
    **settings : value
        More DICOM keywords, such as ``BodyPartExamined="HIP", ImageLaterality="R"``.

    Returns
    -------
    series : Series
        DX, one object for each film, in displayed values.

    Raises
    ------
    ParameterError
        If there is no film, or films differ in size; then make a series of each.
    """
    pairs = list(films.items()) if isinstance(films, Mapping) else list(films)
    if len({(film.values.shape, film.pixel_mm) for _, film in pairs}) != 1:
        message = f"{len(pairs)} films differ in size or pixel; give films of one size, or a series for each"
        raise ParameterError(message)
    first = pairs[0][1]
    used = first.settings
    known = {
        "KVP": used.tube_voltage_kv, "ExposureInuAs": used.tube_current_time_mas * 1000,
        "Grid": ["FOCUSED"] if used.grid else "NONE",
    }  # fmt: skip
    return Series(
        modality="DX", description=description, pixels=np.stack([film.values for _, film in pairs]), unit="display",
        geometry=PlanarGeometry(
            pixel_mm=(first.pixel_mm, first.pixel_mm), views=tuple(_VIEWS.get(name, name) for name, _ in pairs)
        ),
        settings=known | settings,
    )  # fmt: skip
