"""All annotations of the library: listed, filtered, read and written to without their documents."""
