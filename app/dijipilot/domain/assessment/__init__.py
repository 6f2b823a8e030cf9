"""The diagnostic: what somebody can do, from what they answer, in five minutes.

How it works, in the order in which to read it:

1. What is believed before anybody answers. mastery_model.py: a skill is mastered with a probability that depends on
   the learner's maturity, on leanings of its program and mission, on its difficulty, and on its prerequisites, which
   are soft. structure.py: which variables that makes, and which of them belong together.
2. What an answer says. items.py and responses.py: what can be asked, and what is stored of an answer.
   response_model.py: P(answer | mastery, response style) for every kind of item, each slip and guess in one place. A
   response style is how somebody answers whatever they know: plainly, over-claiming, boasting, at random.
   evidence.py: from stored answers to likelihoods, as a set and never as a sequence. aging.py: old answers weigh
   less.
3. What is believed afterwards. triangulation.py and junction_tree.py: exact inference. belief.py, posterior.py: the
   posterior over all skills, maturity and style. covariance.py: how skills move together, to choose questions and
   weigh reasons.
4. What to ask next. selection.py: what sharpens the verdicts most per second. regression.py: what several ticks
   explain together. item_bank.py: what the answers to situations and scenarios would bring. timing.py: seconds.
   stopping.py: when it is enough. held_out.py: one act that is asked and not counted, to check ourselves.
5. What to tell. reasons.py: why a verdict is what it is. outlook.py: what would change it. reliability.py: what to
   say of the answers as a whole, and when to ask a second time. forecast.py: what more time would settle.
6. Putting it together. engine.py: one curriculum, any answers. session.py: one sitting as a state machine.
   screens.py: what it shows.
7. Measuring it. population.py, examinee.py: simulated people who know nothing of the files above. simulation.py: how
   right, how calibrated, how sure. ranked_selection.py: simpler ways to choose. item_worth.py: what items tell, for
   authors. The comparison with other methods is tests/benchmarks/diagnostic.py.

Three decisions carry the rest. Only answers are stored, and every belief is computed from them anew: a corrected
answer, a new pack or a better engine needs no migration. Nothing depends on the order of answers, so going back is
harmless and a resumed sitting is an unbroken one. And maturity and response style are the batch axis of exact
inference rather than variables in it: the skills then form a graph of small tree width, and a posterior takes
milliseconds.
"""
