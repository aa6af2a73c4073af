"""The microservice chassis: what every Python service is wired with. It knows no business."""
