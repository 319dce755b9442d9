"""One small paper, made when somebody asks for it and handed over."""
