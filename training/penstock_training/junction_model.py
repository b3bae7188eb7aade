"""The junction CNN: 48x48 grey patch in, six logits out."""

import torch
from torch import nn

from .layers import ConvBlock
from .patch import SIDE


class JunctionNet(nn.Module):
    """Three halvings to 6x6, then a dense layer that still knows where in the patch a feature was."""

    def __init__(self, classes: int):
        super().__init__()
        self.body = nn.Sequential(
            ConvBlock(1, 32, 5, 2),
            ConvBlock(32, 32),
            ConvBlock(32, 64, 3, 2),
            ConvBlock(64, 64),
            ConvBlock(64, 96, 3, 2),
            ConvBlock(96, 96),
            ConvBlock(96, 32, 1),
        )
        side = SIDE // 8
        self.head = nn.Sequential(nn.Flatten(), nn.Dropout(0.1), nn.Linear(32 * side * side, 96), nn.ReLU(), nn.Linear(96, classes))

    def forward(self, patch: torch.Tensor) -> torch.Tensor:
        """[N,1,48,48] in 0..1 -> [N,classes] logits. The patch is stretched so that its own ground is 0 and its ink 1."""
        low = patch.amin((2, 3), keepdim=True)
        high = patch.amax((2, 3), keepdim=True)
        ink = (high - patch) / (high - low).clamp(min=0.1)
        return self.head(self.body(ink).contiguous())
