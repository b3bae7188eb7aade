"""Building blocks. Widths are multiples of 16 or 32 and convolutions are dense, because CPUs run these fastest."""

import torch
from torch import nn


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
