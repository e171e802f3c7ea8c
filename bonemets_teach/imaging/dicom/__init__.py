"""DICOM: simulated studies out, CT series in."""
