"""Each feature's sequence diagrams (Mermaid), drawn from the traces of a run, with the same text after every run.

What makes the text stable, rule by rule:

- Of all traces of an endpoint those count that were answered well, and were disturbed by nothing: no span with an error or a 5xx.
- Ids, times, addresses, cache keys do not stand in spans; counts are not drawn: what is repeated is drawn once.
- Fetched tokens and keys belong to other features and are left out; so is what a service does in the background.
- Calls stand in the order in which the caller made them; calls at the same time, and what happens later, stand by name. When
  something happened later has no say: on a loaded machine it comes when it comes.
- An event is drawn with all who take it, by the fullest way in which each took it in the whole run: those who take it in a batch
  appear in the trace of the batch's first event only, and the size of a batch depends on load.
- A look into a cache is drawn as a miss, by the fullest miss for the same thing in the whole run.
- Of what is left, the drawing with the most in it is taken, the first by text among equals; one that a page began before others.
- What stands on the page stays while it is usual: drawn from at least a quarter as many traces as the most common drawing.
"""
