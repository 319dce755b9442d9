"""The lists that forms choose from: their rows, and the stage that publishes them."""
