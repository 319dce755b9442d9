"""A model of KoboToolbox (kpi): its data and its answers."""
