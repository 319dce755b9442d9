"""Released packets: what stood in each as it was frozen, what changed since, whether its files are whole."""
