"""A model of KoboToolbox (kpi): what it holds, and how it answers."""
