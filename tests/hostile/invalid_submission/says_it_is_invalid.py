# Forges the frame "invalid" while it is being loaded. It is refused either way, and by a reason that has its own words.
# llmprep: mini/softmax
import os
import sys

frame = sys._getframe()
while "job" not in frame.f_locals:
    frame = frame.f_back
job, answer = frame.f_locals["job"], frame.f_locals["answer"]
answer("invalid", "no_entry", {"found": ("\x1b[31m\n✓ Accepted",)})
answer("end")
os._exit(0)
