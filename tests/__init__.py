"""A package by name: spylls installs one called "tests" too, and the first found wins."""
