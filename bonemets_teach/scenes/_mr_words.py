"""Says what an MR image shows."""

from __future__ import annotations

from bonemets_teach.imaging.mri_mimics import MIMICS
from bonemets_teach.scenes._mr_result import FINDINGS, MrResult, is_metastasis
from bonemets_teach.scenes._mr_settings import SEQUENCE_LABELS, weighting

__all__ = ["describe"]


def describe(result: MrResult) -> str:
    """Return the text alternative of an image.

    Parameters
    ----------
    result : MrResult
        From `bonemets_teach.scenes._mr_result.take_image`.

    Returns
    -------
    words : str
        Four sentences with numbers and units.
    """
    settings = result.image.settings
    readings, unit = result.readings, result.image.unit
    form = ".2f" if unit.startswith("10") else ".0f"
    values = ", ".join(f"{name} {readings[name]:{form}}" for name in ("disc", "muscle", "CSF", "fat"))
    signal = "signal (water would give 1000)" if unit == "signal" else unit
    return (
        f"Midsagittal image of a lumbar spine at {settings.field_t:g} T, {_sequence_words(result)}, with "
        f"{_finding_words(result)}. "
        f"L3 reads {readings['finding']:{form}} where the finding is, normal marrow {readings['marrow']:{form}}, "
        f"{values} {signal}: {_comparison(result)}. "
        f"In the same place the opposed-phase signal is {result.ratio:.2f} of the in-phase signal (marrow "
        f"{result.marrow_ratio:.2f}), fat makes up {result.fat_percent:.0f} % (marrow {result.marrow_fat_percent:.0f} %), "
        f"and the ADC is {result.adc:.2f} × 10⁻³ mm²/s (marrow {result.marrow_adc:.2f}). "
        f"Noise is {result.image.noise:.0f}, the scan takes {result.image.seconds:.0f} s."
    )


def _sequence_words(result: MrResult) -> str:
    timing, settings = result.image.settings.timing, result.image.settings
    if result.sequence.startswith(("spin-echo", "gadolinium")):
        extra = " after gadolinium" if result.sequence.startswith("gadolinium") else ""
        fat = " with fat suppression" if settings.suppresses_fat else ""
        kind = weighting(timing.tr_ms, timing.te_ms)
        return f"spin echo{extra}{fat}, TR {timing.tr_ms:g} ms, TE {timing.te_ms:g} ms ({kind})"
    if result.sequence == "stir":
        return f"STIR with TI {timing.ti_ms:g} ms"
    label = SEQUENCE_LABELS[result.sequence]
    return label if label.startswith(("ADC", "Dixon")) else label[0].lower() + label[1:]


def _finding_words(result: MrResult) -> str:
    if result.finding == "none" or (is_metastasis(result.finding) and result.months == 0):
        return "no finding"
    name = FINDINGS[result.finding]
    name = name if name.startswith(("Paget", "Schmorl")) else name[0].lower() + name[1:]
    if is_metastasis(result.finding):
        return f"a {name} of {result.months:g} months in L3"
    return f"{name} ({MIMICS[result.finding].note})"


def _comparison(result: MrResult) -> str:
    share = result.relative
    if 0.9 <= share <= 1.1:
        return "as bright as marrow"
    return f"{share:.2f} times marrow, {'brighter' if share > 1 else 'darker'}"
