import numpy as np


class TwoFour:
    def compress(self, weights):
        if weights.ndim < 1 or weights.shape[-1] % 4 != 0:
            raise ValueError
        flat = weights.reshape(-1, 4)
        mask = np.zeros(flat.shape, dtype=bool)
        values, indices = [], []
        for g, group in enumerate(flat):
            best = sorted(range(4), key=lambda i: -abs(float(group[i])))[:2]
            best.sort()
            mask[g, best] = True
            values += [group[i] for i in best]
            indices += best
        shape = weights.shape[:-1] + (weights.shape[-1] // 2,)
        return (
            mask.reshape(weights.shape),
            np.array(values, dtype=weights.dtype).reshape(shape),
            np.array(indices, dtype=np.uint8).reshape(shape),
        )

    def expand(self, values, indices):
        if values.shape != indices.shape or values.ndim == 0 or values.shape[-1] % 2:
            raise ValueError
        v, k = values.reshape(-1, 2), indices.reshape(-1, 2).astype(int)
        if not ((k[:, 0] >= 0) & (k[:, 0] < k[:, 1]) & (k[:, 1] < 4)).all():
            raise ValueError
        out = np.zeros((len(v), 4), dtype=values.dtype)
        for i in range(len(v)):
            out[i, k[i]] = v[i]
        return out.reshape(*values.shape[:-1], 2 * values.shape[-1])
