"""Projects as files for others: tables, datasets, and a briefing with its sources.

`formats` names the formats and makes the bytes, `writing` puts them into a file.
"""
