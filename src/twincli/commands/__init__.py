"""The commands, one module each: options are parsed here, questions asked of ``query``, answers given to ``render``."""
