"""The window: it shows and steers, and never imports TensorFlow."""
