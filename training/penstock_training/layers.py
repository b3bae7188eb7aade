"""Building blocks. Widths are multiples of 16 or 32 and convolutions are dense, because CPUs run these fastest."""

import torch
from torch import nn
from torch.nn import functional


class ConvBlock(nn.Sequential):
    """Convolution, batch normalisation, ReLU (the three fold into one operator at export)."""

    def __init__(self, cin: int, cout: int, kernel: int = 3, stride: int = 1):
        pad = (kernel - stride) // 2 if kernel > stride and stride > 2 else kernel // 2
        super().__init__(
            nn.Conv2d(cin, cout, kernel, stride, pad, bias=False),
            nn.BatchNorm2d(cout, momentum=0.05),
            nn.ReLU(inplace=True),
        )


class Residual(nn.Module):
    """Two 3x3 convolutions with a shortcut (He et al. 2015)."""

    def __init__(self, width: int):
        super().__init__()
        self.first = ConvBlock(width, width)
        self.second = ConvBlock(width, width)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + self.second(self.first(x))


class Pyramid(nn.Module):
    """Three chained 5x5 max-pools beside the input: a wide view at little cost (SPPF of YOLOv5)."""

    def __init__(self, width: int):
        super().__init__()
        self.reduce = ConvBlock(width, width // 2, 1)
        self.pool = nn.MaxPool2d(5, 1, 2)
        self.merge = ConvBlock(width * 2, width, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        a = self.reduce(x)
        b = self.pool(a)
        c = self.pool(b)
        return self.merge(torch.cat([a, b, c, self.pool(c)], 1))


class Strips(nn.Module):
    """Adds what lies along a point's row and column (strip pooling, Hou et al. 2020), here as the maximum over a window.

    A line is as long as a sheet is wide, and what it is shows at its ends. Starts as the identity, so that a trained
    network can be given one and goes on from where it was.
    """

    def __init__(self, width: int, reach: int):
        super().__init__()
        self.reduce = ConvBlock(width, width // 2, 1)
        self.across = nn.MaxPool2d((1, 2 * reach + 1), 1, (0, reach))
        self.down = nn.MaxPool2d((2 * reach + 1, 1), 1, (reach, 0))
        self.merge = starts_at_zero(nn.Conv2d(width // 2 * 2, width, 1))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        seen = self.reduce(x)
        return x + self.merge(torch.cat([self.across(seen), self.down(seen)], 1))


class Surroundings(nn.Module):
    """Adds a view of some 1,000 px from a level below the coarsest; starts as the identity, like `Strips`."""

    def __init__(self, width: int):
        super().__init__()
        self.below = nn.Sequential(ConvBlock(width, width, 3, 2), ConvBlock(width, width), Pyramid(width))
        self.merge = starts_at_zero(nn.Conv2d(width, width, 1))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + doubled(self.merge(self.below(x)))


def doubled(x: torch.Tensor) -> torch.Tensor:
    """Nearest-neighbour upsampling by two."""
    return functional.interpolate(x, scale_factor=2.0, mode="nearest")


def starts_at_zero(layer: nn.Conv2d) -> nn.Conv2d:
    """The layer with weights and bias 0."""
    nn.init.zeros_(layer.weight)
    nn.init.zeros_(layer.bias)
    return layer
