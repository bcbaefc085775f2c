# llmprep: compression/two-four-sparsity
import numpy as np


class TwoFour:
    """Keep the two largest of every four weights."""

    def compress(self, weights):
        """Return the mask, the kept values and their positions within their groups."""
        if weights.ndim == 0 or weights.shape[-1] % 4 != 0:
            raise ValueError("the last axis must be a multiple of 4")
        half = weights.shape[:-1] + (weights.shape[-1] // 2,)
        flat = weights.flatten()
        magnitude = [abs(entry) for entry in flat.tolist()]
        mask = np.zeros(flat.size, dtype=bool)
        values = np.zeros(flat.size // 2, dtype=weights.dtype)
        indices = np.zeros(flat.size // 2, dtype=np.uint8)
        slot = 0
        for start in range(0, flat.size, 4):
            ranked = sorted(range(4), key=lambda place: (-magnitude[start + place], place))
            for place in sorted(ranked[:2]):
                mask[start + place] = True
                values[slot] = flat[start + place]
                indices[slot] = place
                slot += 1
        return mask.reshape(weights.shape), values.reshape(half), indices.reshape(half)

    def expand(self, values, indices):
        """Put the kept values back in their places, with zeros elsewhere."""
        if values.shape != indices.shape:
            raise ValueError("values and indices differ in shape")
        if values.ndim == 0 or values.shape[-1] % 2 != 0:
            raise ValueError("the last axis must be even")
        flat = values.flatten()
        places = indices.flatten().tolist()
        out = np.zeros(2 * flat.size, dtype=values.dtype)
        for first in range(0, flat.size, 2):
            if not 0 <= places[first] < places[first + 1] <= 3:
                raise ValueError("a pair must ascend within 0..3")
            out[2 * first + places[first]] = flat[first]
            out[2 * first + places[first + 1]] = flat[first + 1]
        return out.reshape(values.shape[:-1] + (2 * values.shape[-1],))
