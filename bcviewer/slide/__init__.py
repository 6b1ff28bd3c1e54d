"""One patient as a picture: grid geometry, mosaic, heatmap colours."""
