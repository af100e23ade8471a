"""The library page: sidebar, list, and the paper with abstract and note side by side."""
