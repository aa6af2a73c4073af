"""The contracts between services: one `feature.yaml` per feature, and boundaries.yaml, which declares who may call whom."""
