"""The detector: dense-convolution backbone at strides 4 to 32, feature pyramid both ways, anchor-free: a slim head for the finest level, one for all others."""

import torch
from torch import nn

from .layers import ConvBlock, Pyramid, Residual, doubled

STRIDES = (4, 8, 16, 32)
FINEST = 2048  # of the finest level, so many anchors are served per slice, the surest ones: 250 symbols at their eight cells each


class DetectorNet(nn.Module):
    """Grey ink [N,1,H,W] -> per level (class logits [N,C,h,w], side distances [N,4,h,w] in strides); H, W multiples of 32.

    The stem takes the whole resolution down by four in one 8x8 convolution: symbols keep their thin strokes, because
    48 filters see 64 pixels each, and no feature map is ever computed at full or half resolution. Flanges of 4 px and parts
    of 10 px are one or two cells of stride 8; they have a level of stride 4, slim, because it has three quarters of all cells.
    """

    def __init__(self, classes: int, widths: tuple[int, ...] = (32, 64, 96, 96), neck: int = 64, slim: int = 32):
        super().__init__()
        a, b, c, d = widths
        self.classes = classes
        self.stage4 = nn.Sequential(ConvBlock(1, 48, 8, 4), ConvBlock(48, a, 1), Residual(a))
        self.stage8 = nn.Sequential(ConvBlock(a, b, 3, 2), Residual(b), Residual(b))
        self.stage16 = nn.Sequential(ConvBlock(b, c, 3, 2), Residual(c), Residual(c))
        self.stage32 = nn.Sequential(ConvBlock(c, d, 3, 2), Residual(d), Pyramid(d))
        self.side8, self.side16, self.side32 = ConvBlock(b, neck, 1), ConvBlock(c, neck, 1), ConvBlock(d, neck, 1)
        self.top16, self.top8 = ConvBlock(neck, neck), ConvBlock(neck, neck)
        self.fall16, self.fall32 = ConvBlock(neck, neck, 3, 2), ConvBlock(neck, neck, 3, 2)
        self.low16, self.low32 = ConvBlock(neck, neck), ConvBlock(neck, neck)
        self.class_tower = nn.Sequential(ConvBlock(neck, neck), ConvBlock(neck, 96))
        self.box_tower = nn.Sequential(ConvBlock(neck, neck), ConvBlock(neck, neck))
        self.class_out = nn.Conv2d(96, classes, 1)
        self.box_out = nn.Conv2d(neck, 4, 1)
        self.side4, self.context4, self.top4 = ConvBlock(a, slim, 1), ConvBlock(neck, slim, 1), ConvBlock(slim, slim)
        self.class_tower4, self.box_tower4 = ConvBlock(slim, 48), ConvBlock(slim, slim)
        self.class_out4 = nn.Conv2d(48, classes, 1)
        self.box_out4 = nn.Conv2d(slim, 4, 1)
        for out, bias in ((self.class_out, -4.6), (self.class_out4, -6.0), (self.box_out, 0.5), (self.box_out4, 0.5)):
            nn.init.normal_(out.weight, std=0.01)
            nn.init.constant_(out.bias, bias)  # one anchor in a hundred (of the finest, in 400) holds a symbol, to begin with

    def forward(self, ink: torch.Tensor) -> list[tuple[torch.Tensor, torch.Tensor]]:
        """Raw predictions, level by level in the order of `STRIDES`; `ink` is 1 - grey."""
        c4 = self.stage4(ink)
        c8 = self.stage8(c4)
        c16 = self.stage16(c8)
        c32 = self.stage32(c16)
        p32 = self.side32(c32)
        p16 = self.top16(self.side16(c16) + doubled(p32))
        p8 = self.top8(self.side8(c8) + doubled(p16))
        p16 = self.low16(p16 + self.fall16(p8))
        p32 = self.low32(p32 + self.fall32(p16))
        p4 = self.top4(self.side4(c4) + doubled(self.context4(p8)))
        finest = (self.class_out4(self.class_tower4(p4)), self.box_out4(self.box_tower4(p4)))
        return [finest] + [(self.class_out(self.class_tower(p)), self.box_out(self.box_tower(p))) for p in (p8, p16, p32)]


def anchors(side: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Cell centres [A,2] in pixels and strides [A] of a square input, level by level, row-major."""
    centres, strides = [], []
    for stride in STRIDES:
        line = (torch.arange(side // stride, dtype=torch.float32) + 0.5) * stride
        y, x = torch.meshgrid(line, line, indexing="ij")
        centres.append(torch.stack([x.reshape(-1), y.reshape(-1)], 1))
        strides.append(torch.full((line.numel() ** 2,), float(stride)))
    return torch.cat(centres), torch.cat(strides)


def flat(levels: list[tuple[torch.Tensor, torch.Tensor]]) -> tuple[torch.Tensor, torch.Tensor]:
    """(class logits [N,A,C], raw distances [N,A,4]) from the levels."""
    classes = torch.cat([c.flatten(2) for c, _ in levels], 2).transpose(1, 2)
    sides = torch.cat([b.flatten(2) for _, b in levels], 2).transpose(1, 2)
    return classes, sides


def decode(sides: torch.Tensor, centres: torch.Tensor, strides: torch.Tensor) -> torch.Tensor:
    """Corner boxes [...,4] in pixels: left, top, right and bottom of each centre are exp(raw) strides away."""
    reach = sides.clamp(-4, 5).exp() * strides[:, None]
    return torch.cat([centres - reach[..., :2], centres + reach[..., 2:]], -1)


class ServedDetector(nn.Module):
    """What is exported: grey [N,1,S,S] in 0..1 -> YOLOv8 layout [N,4+C,A], boxes decoded to (xc, yc, w, h) input pixels."""

    def __init__(self, net: DetectorNet, side: int):
        super().__init__()
        self.net = net
        centres, strides = anchors(side)
        self.register_buffer("centres", centres.t()[None].contiguous())  # [1,2,A]
        self.register_buffer("strides", strides[None, None])  # [1,1,A]

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        """The same arithmetic as `decode`, channels first."""
        (c4, b4), *coarser = self.net(1 - images)
        finest = c4.shape[2] * c4.shape[3]
        centres, strides = self.centres[..., finest:], self.strides[..., finest:]
        c4, b4, at4 = surest(c4.flatten(2), b4.flatten(2), self.centres[..., :finest])
        classes = torch.cat([c4] + [c.flatten(2) for c, _ in coarser], 2).sigmoid()
        reach4 = b4.clamp(-4, 5).exp() * STRIDES[0]
        reach = torch.cat([b.flatten(2) for _, b in coarser], 2).clamp(-4, 5).exp() * strides
        return torch.cat([torch.cat([placed(reach4, at4), placed(reach, centres)], 2), classes], 1)


def placed(reach: torch.Tensor, centres: torch.Tensor) -> torch.Tensor:
    """(xc, yc, w, h) [N,4,A] from distances to the four sides [N,4,A] and centres [1 or N,2,A]."""
    near, far = reach[:, :2], reach[:, 2:]
    return torch.cat([centres + (far - near) / 2, near + far], 1)


def surest(classes: torch.Tensor, sides: torch.Tensor, centres: torch.Tensor) -> tuple[torch.Tensor, ...]:
    """The `FINEST` anchors whose best class is surest: logits [N,C,K], distances [N,4,K], centres [N,2,K] (all of them where there are fewer).

    The finest level has three quarters of all anchors; passing on what is nothing would cost more than its convolutions.
    """
    if classes.shape[2] <= FINEST:
        return classes, sides, centres
    index = classes.amax(1).topk(FINEST, 1, sorted=False).indices[:, None]
    pick = lambda values: values.gather(2, index.expand(-1, values.shape[1], -1))
    return pick(classes), pick(sides), pick(centres.expand(classes.shape[0], -1, -1))
