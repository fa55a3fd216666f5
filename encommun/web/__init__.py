"""Root addresses, middleware, error pages, pages that show several packages."""
