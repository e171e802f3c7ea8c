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

# calibrated with the tumor-bone model: share of growth that needs no bone, half-saturation of bone's support
INDEPENDENT_GROWTH: Final = 0.3
SUPPORT_HALF: Final = 4.0
# calibrated with the tumor-bone model: bone, relative to the start, at which resorption runs out of bone
DEPLETION: Final = 0.05

# chosen: below this bone fraction a voxel is taken to start at it, so new bone can form in pure marrow
LEAST_REFERENCE: Final = 0.02
# chosen: above it the surface of a dense voxel would vanish in Martin's polynomial
MOST_REFERENCE: Final = 0.95
# chosen: bone denser than this slows the tumor, in full bone to the floor
OPEN_BONE: Final = 0.5
TIGHT_FLOOR: Final = 0.05
# published (ICRP 89, recalled): yearly renewal of cancellous bone; a bared cortical face reaches it
BARED_TURNOVER_PER_YEAR: Final = 0.25
# chosen: tumor below this fraction leaves the cells at rest
QUIET_TUMOR: Final = 1e-4
VANISHING_TUMOR: Final = 1e-20

# chosen: 1/e lengths of the random fields [mm]: phenotype mosaic, and raggedness of a fast margin
MOSAIC_MM: Final = 5.0
RAGGED_MM: Final = 2.5
# chosen: standard deviation of log growth and log turnover at twice the normal speed
RAGGED_PER_SPEED: Final = 0.5

# Accuracy, measured: bone in the core and tumor radius within 1 % of steps of 0.1 day.
LONGEST_STEP_DAYS: Final = 3.9
# Share of the stability limit h2 / (2 dimensions D) of the explicit scheme.
STABLE_SHARE: Final = 0.9
