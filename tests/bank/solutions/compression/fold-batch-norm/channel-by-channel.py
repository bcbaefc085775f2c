import numpy as np


def fold_batch_norm(weight, bias, mean, var, gamma=None, beta=None, eps=1e-5, groups=1, transposed=False):
    if weight.ndim < 2 or groups < 1 or len(weight) % groups != 0:
        raise ValueError
    out = weight.shape[1] * groups if transposed else len(weight)
    given = {"bias": bias, "mean": mean, "var": var, "gamma": gamma, "beta": beta}
    defaults = {"bias": 0.0, "gamma": 1.0, "beta": 0.0}
    for name in given:
        if given[name] is None:
            given[name] = defaults[name] * np.ones(out)
        given[name] = given[name].astype(float)
        if given[name].shape != (out,):
            raise ValueError(name)
    std = (given["var"] + eps) ** 0.5
    if eps < 0 or np.any(given["var"] < 0) or np.any(std == 0):
        raise ValueError
    new = np.zeros(weight.shape)
    if not transposed:
        for c in range(out):
            new[c] = weight[c] * given["gamma"][c] / std[c]
    else:
        per_in, per_out = len(weight) // groups, weight.shape[1]
        for i in range(len(weight)):
            for o in range(per_out):
                c = i // per_in * per_out + o
                new[i, o] = weight[i, o] * given["gamma"][c] / std[c]
    shifted = given["gamma"] * (given["bias"] - given["mean"]) / std + given["beta"]
    return new.astype(weight.dtype), shifted.astype(weight.dtype)
