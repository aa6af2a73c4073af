"""What services promise each other: one `feature.yaml` a feature, and boundaries.yaml: who may call whom."""
