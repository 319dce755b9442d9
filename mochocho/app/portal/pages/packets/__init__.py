"""ชุดเอกสาร: what takes minutes, how far it is, and the packet when it is made."""
