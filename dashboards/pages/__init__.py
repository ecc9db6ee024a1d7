"""One file a page; each draws itself from the address bar when it is run."""
