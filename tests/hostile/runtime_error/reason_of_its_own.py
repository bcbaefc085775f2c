# Forges a reason that no message is there for.
# llmprep: mini/softmax
import os
import sys

frame = sys._getframe()
while "job" not in frame.f_locals:
    frame = frame.f_back
job, answer = frame.f_locals["job"], frame.f_locals["answer"]
answer("invalid", "\x1b[31mnonsense", {"a": 1})
answer("end")
os._exit(0)
