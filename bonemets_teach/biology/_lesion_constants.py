"""Constants of the lesion field with their kind and source."""

from __future__ import annotations

from typing import Final

DAYS_PER_MONTH: Final = 365.0 / 12.0

# calibrated: spread D and growth g of the tumor front, so that a lesion is about 25 mm wide after a year
SPREAD_MM2_PER_DAY: Final = 0.02
GROWTH_PER_DAY: Final = 0.02
# calibrated: tumor cells around the seed, a Gaussian clump that gives the core of the tumor-bone model
SEED_RADIUS_MM: Final = 3.0
SEED_FRACTION: Final = 0.0085
# chosen: faster lesions spread more than they multiply, so their margin is wider
GROWTH_EXPONENT: Final = 0.5
SPREAD_EXPONENT: Final = 1.5

# chosen: 1/e lengths of the random fields [mm]: phenotype mosaic, and raggedness of a fast margin
MOSAIC_MM: Final = 5.0
RAGGED_MM: Final = 2.5
# chosen: standard deviation of log growth and log turnover at twice the normal speed
RAGGED_PER_SPEED: Final = 0.5

# Accuracy, measured: bone in the core and tumor radius within 1 % of steps of 0.1 day.
LONGEST_STEP_DAYS: Final = 3.9
# Share of the stability limit h2 / (2 dimensions D) of the explicit scheme.
STABLE_SHARE: Final = 0.9
