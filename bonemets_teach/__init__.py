"""An interactive course on bone metastases: one mechanistic lesion, every modality."""

__version__ = "0.1.0"
