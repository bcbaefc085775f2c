# Forges a mapping of integers of different hashes that, one after the other, probe the same slots of a table.
# llmprep: mini/reverse
import os
import struct


def text(value):
    return b"s" + struct.pack("<I", len(value)) + value


def integer(value):
    size = (value.bit_length() + 8) // 8
    return b"i" + struct.pack("<I", size) + value.to_bytes(size, "little", signed=True)


def forge(value, printed=0):
    body = b"t" + struct.pack("<I", 8) + text(b"case") + integer(0) + value + b"t\0\0\0\0F" + b"t\0\0\0\0"
    body += integer(printed) + b"d" + struct.pack("<d", 0.0)
    data = memoryview(struct.pack("<Q", len(body)) + body)
    while data:
        data = data[os.write(3, data) :]
    os._exit(0)


def colliding(bits, filled, walkers):
    """Integers of different hashes: some fill slots of a table one probe apart, each other walks past half of them."""
    size = 1 << bits
    order, at = [], 1
    for _ in range(filled):
        order.append(at)
        at = (5 * at + 1) % size
    place = {slot: number for number, slot in enumerate(order)}
    found, number = [], size
    while len(found) < walkers:
        number += 1
        slot, perturb = number % size, number
        while slot in place and perturb:
            perturb >>= 5
            slot = (5 * slot + perturb + 1) % size
        if place.get(slot, filled) < filled // 2:
            found.append(number)
    return order + found


keys = colliding(17, 60_000, 25_000)
one = b"m" + struct.pack("<I", len(keys)) + b"".join(integer(key) + b"N" for key in keys)
forge(one)
