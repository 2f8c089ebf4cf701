"""One file a page; the template beside it has the name of its class."""
