"""The curriculum: its sources on the author's side, the content pack and the search in it on the learner's."""
