"""Tissues, shapes, the voxel phantoms of femur, vertebra, pelvis and whole skeleton, and lesions placed in them."""
