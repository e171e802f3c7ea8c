"""X-ray physics and the images made with it: radiograph, CT, and what can be seen on them."""
