"""Laws: the folded layer is that of torch's fusion; run on data, it gives what convolution and batch norm give."""

from itertools import product

import numpy as np
import pytest

torch = pytest.importorskip("torch")
fusion = pytest.importorskip("torch.nn.utils.fusion")

EXERCISE = "compression/fold-batch-norm"


def layers(axes, groups, transposed, with_bias, affine):
    """A convolution with two or three channels a group, or a linear layer, and its batch norm, in inference."""
    torch.manual_seed(axes + groups)
    if axes == 0:
        first = torch.nn.Linear(4, 6, bias=with_bias)
    else:
        kind = getattr(torch.nn, f"Conv{'Transpose' if transposed else ''}{axes}d")
        first = kind(2 * groups, 3 * groups, 2, groups=groups, bias=with_bias)
    norm = getattr(torch.nn, f"BatchNorm{max(axes, 1)}d")(6 if axes == 0 else 3 * groups, eps=1e-3, affine=affine)
    vectors = [norm.weight, norm.bias, norm.running_mean] if affine else [norm.running_mean]
    for vector in vectors:
        torch.nn.init.normal_(vector)
    torch.nn.init.uniform_(norm.running_var, 0.0, 4.0)
    return first.double().eval(), norm.double().eval()


def folded(reference, first, norm, groups, transposed):
    """The reference's weight and bias for the two layers."""
    vectors = (first.bias, norm.running_mean, norm.running_var, norm.weight, norm.bias)
    bias, mean, var, gamma, beta = (None if v is None else v.detach().numpy() for v in vectors)
    weight = first.weight.detach().numpy()
    got = reference(weight, bias, mean, var, gamma, beta, eps=norm.eps, groups=groups, transposed=transposed)
    assert [value.dtype for value in got] == [np.float64, np.float64]
    return [torch.tensor(value) for value in got]


@pytest.mark.parametrize(
    ("axes", "groups", "transposed"), [(0, 1, False), *product((1, 2, 3), (1, 2, 5), (False, True))]
)
@pytest.mark.parametrize("with_bias", [False, True])
@pytest.mark.parametrize("affine", [False, True])
def test_torch_agrees(reference, axes, groups, transposed, with_bias, affine):
    """One layer for two, whatever the axes, the groups and the direction. torch's fusion knows no norm without
    gamma and beta after a linear layer, and no groups in a transposed convolution: there the output alone counts.
    """
    first, norm = layers(axes, groups, transposed, with_bias, affine)
    weight, bias = folded(reference, first, norm, groups, transposed)
    if axes == 0:
        want = fusion.fuse_linear_bn_eval(first, norm) if affine else None
    elif groups == 1 or not transposed:
        want = fusion.fuse_conv_bn_eval(first, norm, transpose=transposed)
    else:
        want = None
    if want is not None:
        torch.testing.assert_close(weight, want.weight.detach(), rtol=1e-12, atol=1e-14)
        torch.testing.assert_close(bias, want.bias.detach(), rtol=1e-12, atol=1e-14)

    x = torch.randn(3, first.weight.shape[1] if axes == 0 else 2 * groups, *[4] * axes, dtype=torch.float64)
    two = norm(first(x))
    first.weight = torch.nn.Parameter(weight)
    first.bias = torch.nn.Parameter(bias)
    torch.testing.assert_close(first(x), two, rtol=1e-10, atol=1e-12)
