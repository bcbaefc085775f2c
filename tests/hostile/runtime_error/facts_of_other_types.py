# Forges facts of types that no message expects: names that are numbers, numbers that are lists.
# llmprep: mini/softmax
import os
import sys

frame = sys._getframe()
while "job" not in frame.f_locals:
    frame = frame.f_back
job, answer = frame.f_locals["job"], frame.f_locals["answer"]
answer("invalid", "no_entry", {"found": (1, None, [2])})
answer("end")
os._exit(0)
