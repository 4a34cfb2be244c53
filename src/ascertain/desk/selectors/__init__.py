"""What the pages show, one module a page: frozen values, in few queries."""
