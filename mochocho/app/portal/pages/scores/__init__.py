"""Reconciling assessors: what they answered too differently, without names, and what counts instead."""
