# Forges a syntax error in a column that would take a gigabyte of spaces to point at.
# llmprep: mini/softmax
import os
import sys

frame = sys._getframe()
while "job" not in frame.f_locals:
    frame = frame.f_back
job, answer = frame.f_locals["job"], frame.f_locals["answer"]
answer("invalid", "syntax", {"line": 1, "column": 10**9, "text": "x", "what": "y"})
answer("end")
os._exit(0)
