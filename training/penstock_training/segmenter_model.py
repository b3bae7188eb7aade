"""The segmenter: a small U-Net whose full resolution is carried as 2x2 blocks of channels."""

import torch
from torch import nn
from torch.nn import functional

from .layers import ConvBlock, Pyramid, Strips, Surroundings, doubled

CLASSES = ["background", "process", "dashed", "dotted", "double-slash", "x-marked", "text", "symbol", "border"]


class SegmenterNet(nn.Module):
    """Grey [N,1,H,W] in 0..1 -> logits [N,9,H,W]; H and W multiples of 64.

    A convolution at full resolution with few channels is what CPUs do worst. So the picture is first folded into four
    channels at half size (each a sub-pixel), all work happens at half size and below, and the last layer gives 4 x 9
    channels that unfold into full resolution (Shi et al. 2016, sub-pixel convolution). Nothing is lost: the folded
    picture also skips straight to the last layer. The wall of a vessel, the frame of a note and the border of a sheet are
    straight lines too, and only their surroundings and their ends tell them from a pipe: `wide` sees some 1,000 px
    around, `along3` and `along2` look along rows and columns.
    """

    def __init__(self, classes: int = len(CLASSES), widths: tuple[int, ...] = (32, 48, 64, 96, 128)):
        super().__init__()
        a, b, c, d, e = widths
        self.classes = classes
        self.enter = nn.Sequential(ConvBlock(4, a), ConvBlock(a, a))
        self.down1 = nn.Sequential(ConvBlock(a, b, 3, 2), ConvBlock(b, b))
        self.down2 = nn.Sequential(ConvBlock(b, c, 3, 2), ConvBlock(c, c))
        self.down3 = nn.Sequential(ConvBlock(c, d, 3, 2), ConvBlock(d, d), ConvBlock(d, d))
        self.down4 = nn.Sequential(ConvBlock(d, e, 3, 2), ConvBlock(e, e), Pyramid(e))
        self.wide, self.along3, self.along2 = Surroundings(e), Strips(d, 20), Strips(c, 20)
        self.lift4, self.up3 = ConvBlock(e, d, 1), ConvBlock(d, d)
        self.lift3, self.up2 = ConvBlock(d, c, 1), ConvBlock(c, c)
        self.lift2, self.up1 = ConvBlock(c, b, 1), ConvBlock(b, b)
        self.lift1, self.up0 = ConvBlock(b, a, 1), ConvBlock(a, a)
        # space-to-depth written as a convolution with constant weights: fast everywhere, and free of shapes in ONNX
        self.register_buffer("fold", torch.eye(4).reshape(4, 1, 2, 2))
        self.register_buffer("ground", torch.ones(4), persistent=False)
        self.head = nn.Conv2d(a + 4, 4 * classes, 3, padding=1)
        nn.init.zeros_(self.head.bias)
        # most pixels are ground: start there
        self.head.bias.data[:4] = 3.0

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        """Logits per class and pixel."""
        folded = functional.conv2d(image, -self.fold, self.ground, stride=2)  # ink: 1 - grey
        x0 = self.enter(folded)
        x1 = self.down1(x0)
        x2 = self.down2(x1)
        x3 = self.down3(x2)
        y = self.along3(self.up3(doubled(self.lift4(self.wide(self.down4(x3)))) + x3))
        y = self.along2(self.up2(doubled(self.lift3(y)) + x2))
        y = self.up1(doubled(self.lift2(y)) + x1)
        y = self.up0(doubled(self.lift1(y)) + x0)
        return functional.pixel_shuffle(self.head(torch.cat([y, folded], 1)), 2)

