"""Training of Penstock's three models (detector, segmenter, junction CNN) on generated sheets."""
