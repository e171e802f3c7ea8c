"""A small simulated piece of radiograph around a lesion: overlying anatomy, lesion and photon noise."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import fft

from bonemets_teach.errors import require_in_range
from bonemets_teach.imaging.detectability import Geometry, Viewing, contrast

__all__ = ["LESION_PIXELS", "PATCH_PIXELS", "lesion_patch"]

PATCH_PIXELS: Final = 120
LESION_PIXELS: Final = 30
# Chosen: noise power of anatomy falls with the cube of the frequency, as in Burgess 2001 for the breast.
_POWER_EXPONENT: Final = 3.0

Float32 = npt.NDArray[np.float32]


@cache
def _disc() -> Float32:
    offset = np.arange(PATCH_PIXELS) - PATCH_PIXELS / 2
    radius = np.hypot(offset[:, None], offset)
    # A margin a sixth of the lesion wide stands for its round edge.
    return np.asarray(np.clip((LESION_PIXELS / 2 - radius) / 5.0 + 0.5, 0.0, 1.0), dtype=np.float32)


@cache
def _anatomy(seed: int) -> Float32:
    """Return a field whose discs of the lesion's size differ from their surroundings with a spread of one.

    The field is shifted so that it is even under the lesion in the center: what is seen there is the lesion.
    """
    rng = np.random.default_rng(seed)
    frequency = np.hypot(np.fft.fftfreq(PATCH_PIXELS)[:, None], np.fft.rfftfreq(PATCH_PIXELS))
    frequency[0, 0] = np.inf
    amplitude = np.maximum(frequency, 1.5 / PATCH_PIXELS) ** (-_POWER_EXPONENT / 2)
    amplitude[0, 0] = 0.0
    spectrum = fft.rfft2(rng.standard_normal((PATCH_PIXELS, PATCH_PIXELS))) * amplitude
    field = fft.irfft2(spectrum, s=(PATCH_PIXELS, PATCH_PIXELS))
    offset = np.minimum(np.arange(PATCH_PIXELS), PATCH_PIXELS - np.arange(PATCH_PIXELS))
    radius = np.hypot(offset[:, None], offset)
    inside = radius <= LESION_PIXELS / 2
    around = ~inside & (radius <= LESION_PIXELS * 0.8)
    template = inside / inside.sum() - around / around.sum()
    response = fft.irfft2(spectrum * np.conj(fft.rfft2(template)), s=(PATCH_PIXELS, PATCH_PIXELS))
    field /= response.std()
    row, column = np.unravel_index(np.argmin(np.abs(response)), response.shape)
    shift = (PATCH_PIXELS // 2 - int(row), PATCH_PIXELS // 2 - int(column))
    return np.asarray(np.roll(field, shift, axis=(0, 1)), dtype=np.float32)


@cache
def _photon_noise(seed: int) -> Float32:
    return np.random.default_rng([seed, 1]).standard_normal((PATCH_PIXELS, PATCH_PIXELS)).astype(np.float32)


def lesion_patch(geometry: Geometry, viewing: Viewing, loss: float, *, seed: int = 3) -> Float32:
    """Simulate the radiograph around a lesion.

    Parameters
    ----------
    geometry : Geometry
        Where the lesion sits; the patch is four times as wide.
    viewing : Viewing
        How it is looked at.
    loss : float
        Share of the mineral that is lost, 0..1.
    seed : int, default 3
        Seed of anatomy and photons.

    Returns
    -------
    change : ndarray of float32 of shape (row, column)
        Relative change of the detector signal; lucent is above 0.

    Raises
    ------
    ParameterError
        If ``loss`` is outside 0..1.

    Notes
    -----
    Anatomy is a random field with a power spectrum f^-3 [1]_, scaled so that discs of the lesion's size
    differ from their rims with the spread that `noise` uses. Left out: the real shapes of ribs, bowel and
    vessels.

    References
    ----------
    .. [1] Burgess AE, Jacobson FL, Judy PF. Med Phys 2001; 28: 419. doi:10.1118/1.1355308
    """
    share = require_in_range("loss", loss, 0.0, 1.0)
    pixel_mm2 = (10.0 * geometry.width_cm / LESION_PIXELS) ** 2
    photons = 1.0 / np.sqrt(viewing.quanta_per_mm2 * pixel_mm2)
    anatomy = viewing.clutter / (1.0 + geometry.scatter_to_primary)
    lesion = float(contrast(geometry, viewing, share))
    change = lesion * _disc() + anatomy * _anatomy(seed) + photons * _photon_noise(seed)
    return np.asarray(change, dtype=np.float32)
