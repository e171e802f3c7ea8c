"""Tissues, shapes, the proximal femur as a voxel phantom, and lesions placed in it."""
