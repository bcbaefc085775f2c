# Forges an exception whose name and message are megabytes long.
# llmprep: mini/softmax
import os
import sys

frame = sys._getframe()
while "job" not in frame.f_locals:
    frame = frame.f_back
job, answer = frame.f_locals["job"], frame.f_locals["answer"]
kind = frame.f_globals["plain_error"](ValueError())
answer("raised", kind._replace(names=("A" * 10_000_000,), message="B" * 10_000_000), ())
answer("end")
os._exit(0)
