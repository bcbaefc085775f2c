# Prints without end as it is loaded, straight to the descriptor.
# llmprep: mini/softmax
import os

while True:
    os.write(2, b"\x1b[31m" * 10_000)
