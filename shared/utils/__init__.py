"""Small things several services need that know neither a framework nor the business."""
