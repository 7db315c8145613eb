"""The panes and other widgets; they report to their screen and never to each other."""
