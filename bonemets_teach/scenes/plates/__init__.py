"""Pictures for questions: one image each, computed as the explorers compute theirs, with the places that the model knows."""
