"""What a scanner measures before there is an image: k-space, whole or with its middle left out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bonemets_teach.errors import ParameterError, require_in_range
from bonemets_teach.imaging._mri_acquisition import acquire, readout_of
from bonemets_teach.imaging._mri_timing import scan_seconds
from bonemets_teach.imaging.mri_kspace import Complex64, image_of, kspace_of, noise_sd
from bonemets_teach.imaging.mri_settings import MAPS, MriSettings
from bonemets_teach.imaging.mri_slab import Slab

__all__ = ["RawScan", "raw_scan"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RawScan:
    """K-space of one scan, and its image.

    Parameters
    ----------
    kspace : ndarray of complex64 of shape (line, sample)
        Zero frequency in the middle, zero where nothing was measured or what was measured is left out.
    magnitude : ndarray of float32 of shape (row, column)
        The image; fully relaxed water gives 1.
    matrix : int
        Lines and samples that were measured.
    pixel_mm : float
        Edge of a measured pixel, not of one that zero filling makes [mm].
    noise : float
        Spread of the noise in each of the two channels, in the unit of the image.
    seconds : float
        How long the scan takes [s].
    """

    kspace: Complex64
    magnitude: npt.NDArray[np.float32]
    matrix: int
    pixel_mm: float
    noise: float
    seconds: float

    def loudness(self, decades: float = 5.5) -> npt.NDArray[np.float32]:
        """Return k-space on a logarithmic scale.

        Parameters
        ----------
        decades : float, default 5.5
            How far below the loudest sample black lies, in powers of ten, in [1, 12].

        Returns
        -------
        loudness : ndarray of float32 of shape (line, sample)
            1 at the loudest sample of an image of full signal, 0 where nothing is.
        """
        span = require_in_range("decades", decades, 1.0, 12.0)
        share = np.abs(self.kspace) / np.float32(self.kspace.size)
        level = 1 + np.log10(np.maximum(share, np.float32(1e-12))) / np.float32(span)
        return np.asarray(np.clip(level, 0, 1), dtype=np.float32)


def raw_scan(
    slab: Slab, settings: MriSettings, rng: np.random.Generator | None = None, *, without_middle: int = 0
) -> RawScan:
    """Measure k-space and make the image of it.

    Parameters
    ----------
    slab : Slab
        Tissues of the slice.
    settings : MriSettings
        How it is taken; no map, which is made of two scans.
    rng : Generator or None
        Random numbers of the noise; None leaves the noise out.
    without_middle : int, default 0
        Edge of the square in the middle of k-space that is left out [samples], in [0, ``matrix``].

    Returns
    -------
    scan : RawScan
        Both.

    Raises
    ------
    ParameterError
        If a map is asked for or more is left out than is measured.

    Notes
    -----
    The middle of k-space holds the slow changes of brightness, its rim the edges: the image is the Fourier transform of
    whatever is kept.
    """
    if settings.sequence in MAPS:
        message = (
            f"{settings.sequence} is computed from two scans and has no k-space of its own; "
            "choose one of the sequences that it is made of"
        )
        raise ParameterError(message)
    readout, timing = readout_of(slab, settings), settings.timing
    out = int(require_in_range("without_middle", without_middle, 0, readout.matrix))
    kspace = kspace_of(acquire(slab, settings, timing, rng))
    # Rounding leaves traces where nothing was measured.
    start = readout.size // 2 - readout.matrix // 2
    kept = np.zeros(kspace.shape, dtype=bool)
    kept[start : start + readout.matrix, start : start + readout.matrix] = True
    middle = readout.size // 2 - out // 2
    kept[middle : middle + out, middle : middle + out] = False
    kspace = np.where(kept, kspace, np.complex64(0))
    magnitude = np.abs(image_of(kspace, readout.size)).astype(np.float32)
    return RawScan(
        kspace=kspace,
        magnitude=magnitude,
        matrix=readout.matrix,
        pixel_mm=readout.field_of_view_mm / readout.matrix,
        noise=noise_sd(readout, timing, field_t=settings.field_t, acceleration=settings.acceleration),
        seconds=scan_seconds(timing, lines=readout.matrix, acceleration=settings.acceleration),
    )
