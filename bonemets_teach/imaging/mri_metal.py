"""What an implant does to an MR image: a field of its own, displaced signal, voids, and failed fat suppression."""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import fft

from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.tissues import Tissue

__all__ = ["SUSCEPTIBILITY_PPM", "dephasing", "displaced", "metal_field", "suppression"]

Float32 = npt.NDArray[np.float32]

SUSCEPTIBILITY_PPM: Final = MappingProxyType({"titanium": 182.0, "steel": 3500.0})
"""Volume susceptibility (published: Schenck 1996; steel: the low end of nonmagnetic stainless steel) [ppm]."""
# Chosen: a pulse that suppresses fat leaves 4 % of it and works over a third of the shift between fat and water.
_SUPPRESSED: Final = 0.96
_PULSE_WIDTH: Final = 1 / 3


@lru_cache(maxsize=2)
def metal_field(phantom: Phantom) -> Float32 | None:
    """Return the shift of the main field around metal for each unit of its susceptibility.

    Parameters
    ----------
    phantom : Phantom
        Any phantom.

    Returns
    -------
    field : ndarray of float32, shape (Z, Y, X), or None
        Relative shift along the main field (z), 0 inside the metal, which gives no signal; None without metal.

    Notes
    -----
    Dipole kernel 1/3 - kz^2/k^2 in Fourier space [1]_, the volume padded to keep neighbors away. What soft tissue and
    air do to the field is left out.

    References
    ----------
    .. [1] Marques JP, Bowtell R. Concepts Magn Reson B 2005; 25B: 65. doi:10.1002/cmr.b.20034
    """
    metal = phantom.label == Tissue.METAL
    if not metal.any():
        return None
    shape = [fft.next_fast_len(n + n // 2, real=True) for n in phantom.shape]
    z, y = (np.fft.fftfreq(n).astype(np.float32) ** 2 for n in shape[:2])
    x = np.fft.rfftfreq(shape[2]).astype(np.float32) ** 2
    total = z[:, None, None] + y[:, None] + x
    total[0, 0, 0] = 1.0
    kernel = np.float32(1 / 3) - z[:, None, None] / total
    kernel[0, 0, 0] = 0.0
    spectrum = fft.rfftn(metal.astype(np.float32), shape) * kernel
    field = fft.irfftn(spectrum, shape)[tuple(slice(0, n) for n in phantom.shape)]
    field = np.where(metal, 0, field).astype(np.float32)
    field.setflags(write=False)
    return field


def displaced(image: npt.NDArray[np.complex64], shift_px: Float32, *, axis: int) -> npt.NDArray[np.complex64]:
    """Move the signal of each pixel along the readout.

    Parameters
    ----------
    image : ndarray of complex64 of shape (row, column)
        Where the signal comes from.
    shift_px : ndarray of float32 of shape (row, column)
        How far it is moved [pixels]; what leaves the image is lost.
    axis : {0, 1}
        Axis of the readout.

    Returns
    -------
    image : ndarray of complex64 of shape (row, column)
        Where the scanner puts it: voids and, where signal piles up, bright rims.
    """
    if axis == 0:
        return np.asarray(displaced(image.T, shift_px.T, axis=1).T)
    rows, columns = image.shape
    place = np.clip(np.arange(columns, dtype=np.float32) + shift_px, -1.0, columns)
    low = np.floor(place).astype(np.intp)
    share = place - low
    base = np.arange(rows)[:, None] * (columns + 2) + 1
    moved = np.zeros(rows * (columns + 2), dtype=np.complex64)
    for target, weight in ((low, 1 - share), (np.minimum(low + 1, columns), share)):
        flat = (base + target).ravel()
        values = (image * weight).ravel()
        moved += np.bincount(flat, values.real, moved.size) + 1j * np.bincount(flat, values.imag, moved.size)
    return np.asarray(moved.reshape(rows, columns + 2)[:, 1:-1], dtype=np.complex64)


def dephasing(shift_hz: Float32, te_ms: float) -> Float32:
    """Return what the spread of frequencies in each pixel leaves of a gradient echo.

    Parameters
    ----------
    shift_hz : ndarray of float32 of shape (row, column)
        Frequency of each pixel [Hz].
    te_ms : float
        Echo time [ms].

    Returns
    -------
    share : ndarray of float32 of shape (row, column)
        |sinc| of the turns between neighbors, 0..1; a spin echo refocuses it.
    """
    down, right = np.gradient(shift_hz)
    left = np.sinc(down * te_ms * 1e-3) * np.sinc(right * te_ms * 1e-3)
    return np.abs(np.asarray(left, dtype=np.float32))


def suppression(shift_hz: Float32 | float, offset_hz: float, fat_hz: float) -> Float32:
    """Return what a pulse at the frequency of fat leaves of a compartment.

    Parameters
    ----------
    shift_hz : ndarray of float32 of shape (row, column) or float
        Local shift of the field [Hz]; 0 without metal.
    offset_hz : float
        Frequency of the compartment from that of fat [Hz]: 0 for fat, ``fat_hz`` for water.
    fat_hz : float
        Distance of water from fat [Hz].

    Returns
    -------
    share : ndarray of float32
        0.04 at the frequency of the pulse, 1 far from it: near metal fat stays and water may vanish.
    """
    distance = (np.asarray(shift_hz, dtype=np.float32) + np.float32(offset_hz)) / (_PULSE_WIDTH * fat_hz)
    return np.asarray(1 - _SUPPRESSED * np.exp(-0.5 * distance * distance), dtype=np.float32)
