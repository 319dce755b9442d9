"""Cases → what a reader sees; pure. The one place where things are sorted, counted and worded."""
