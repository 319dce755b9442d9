"""การรับข้อมูล: how each source is, forms that are held, whom a typed name means, who may have applied twice."""
