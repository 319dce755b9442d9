"""What of people's pictures may be seen: where something is written, and what of a card is covered. Pure."""
