"""The Textual app: panes for industries, projects and detail."""
