"""Two versions of a dataset that grew out of one become one, by what they say."""
