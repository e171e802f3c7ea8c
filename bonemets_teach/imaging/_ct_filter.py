"""The ramp filter of filtered back projection, sharp for bone or smoothed for soft tissue."""

from __future__ import annotations

from functools import cache
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
from scipy import fft

__all__ = ["KERNELS", "Kernel", "filter_projections", "frequency_response"]

Kernel = Literal["bone", "soft"]
KERNELS: Final = ("bone", "soft")

Float32 = npt.NDArray[np.float32]


@cache
def frequency_response(kernel: Kernel, length: int) -> Float32:
    """Return what a kernel does to each spatial frequency.

    Parameters
    ----------
    kernel : {"bone", "soft"}
        The bare ramp, or the ramp times a Hann window.
    length : int
        Length of the transform, even.

    Returns
    -------
    response : ndarray of float32 of shape (length / 2 + 1,)
        From frequency zero to half a cycle per pixel [1/pixel].

    Notes
    -----
    The ramp is the transform of its band-limited samples, so that the mean of an image is kept [1]_.

    References
    ----------
    .. [1] Kak AC, Slaney M. Principles of Computerized Tomographic Imaging. IEEE Press 1988, Eq. 3.61.
    """
    offset = np.concatenate((np.arange(length // 2 + 1), np.arange(length // 2 - 1, 0, -1)))
    samples = np.zeros(length)
    samples[0] = 0.25
    odd = offset % 2 == 1
    samples[odd] = -1.0 / (np.pi * offset[odd]) ** 2
    response = np.real(np.fft.rfft(samples))
    if kernel == "soft":
        response = response * 0.5 * (1.0 + np.cos(2.0 * np.pi * np.fft.rfftfreq(length)))
    frozen: Float32 = response.astype(np.float32)
    frozen.flags.writeable = False
    return frozen


def filter_projections(sinogram: Float32, kernel: Kernel) -> Float32:
    """Filter each projection along its rays.

    Parameters
    ----------
    sinogram : ndarray of float32 of shape (view, ray)
        Line integrals.
    kernel : {"bone", "soft"}
        See `frequency_response`.

    Returns
    -------
    filtered : ndarray of float32 of shape (view, ray)
        Ready for back projection.
    """
    rays = sinogram.shape[1]
    length = 1 << (2 * rays - 1).bit_length()
    spectrum = fft.rfft(sinogram, n=length, axis=1)
    spectrum *= frequency_response(kernel, length)
    return np.asarray(fft.irfft(spectrum, n=length, axis=1)[:, :rays], dtype=np.float32)
