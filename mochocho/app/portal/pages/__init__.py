"""The pages, one package each; `menu.py` beside this names them."""
