"""One file a kind of sink: where its call takes the values that it lets out."""
