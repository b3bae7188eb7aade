"""Detector loss: sparse task-aligned assignment (after TOOD, Feng et al. 2021), varifocal scores (Zhang et al. 2021) and
complete IoU (Zheng et al. 2020)."""

import math

import torch
from torch.nn import functional

from .detector_data import Targets
from .detector_model import STRIDES, anchors, decode, flat

TOP, REACH = 8, 2  # positives per symbol; cells around its centre that are candidates, on every level
# Longest sides (input px) of the symbols that a level of this stride is for: its cells must be no coarser than the symbol, and
# can only describe what the network sees around them.
SUITS = {4: (0, 40), 8: (8, 192), 16: (24, 384), 32: (48, math.inf)}


def pair_iou(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """IoU of boxes [...,4] with boxes [...,4], element by element."""
    size = (torch.minimum(a[..., 2:], b[..., 2:]) - torch.maximum(a[..., :2], b[..., :2])).clamp(min=0)
    inner = size.prod(-1)
    return inner / ((a[..., 2:] - a[..., :2]).prod(-1) + (b[..., 2:] - b[..., :2]).prod(-1) - inner + 1e-7)


def complete_iou(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """CIoU: IoU less centre distance and aspect difference."""
    iou = pair_iou(a, b)
    hull = torch.maximum(a[..., 2:], b[..., 2:]) - torch.minimum(a[..., :2], b[..., :2])
    apart = (a[..., :2] + a[..., 2:] - b[..., :2] - b[..., 2:]).square().sum(-1) / 4
    shape = [torch.atan((c[..., 2] - c[..., 0]) / (c[..., 3] - c[..., 1] + 1e-7)) for c in (a, b)]
    v = 4 / math.pi**2 * (shape[0] - shape[1]).square()
    with torch.no_grad():
        alpha = v / (1 - iou + v + 1e-7)
    return iou - apart / (hull.square().sum(-1) + 1e-7) - alpha * v


def candidates(xyxy: torch.Tensor, side: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Per box [G] the anchors near its centre on each level: indices [G,K], and whether each lies inside the box.

    Only levels that suit the box take part; the nearest cell counts as inside.
    """
    centre = (xyxy[:, :2] + xyxy[:, 2:]) / 2
    longest = (xyxy[:, 2:] - xyxy[:, :2]).amax(1)
    offset = torch.arange(-REACH, REACH + 1)
    dy, dx = torch.meshgrid(offset, offset, indexing="ij")
    indices, inside, base = [], [], 0
    for stride in STRIDES:
        count = side // stride
        cell = (centre / stride).floor().long().clamp(0, count - 1)
        column, row = cell[:, :1] + dx.reshape(1, -1), cell[:, 1:] + dy.reshape(1, -1)
        legal = (column >= 0) & (column < count) & (row >= 0) & (row < count)
        x, y = (column + 0.5) * stride, (row + 0.5) * stride
        within = (x > xyxy[:, :1]) & (x < xyxy[:, 2:3]) & (y > xyxy[:, 1:2]) & (y < xyxy[:, 3:])
        nearest = (dx.reshape(1, -1) == 0) & (dy.reshape(1, -1) == 0)
        suits = ((longest >= SUITS[stride][0]) & (longest < SUITS[stride][1]))[:, None]
        inside.append(legal & (within | nearest) & suits)
        indices.append(base + row.clamp(0, count - 1) * count + column.clamp(0, count - 1))
        base += count * count
    return torch.cat(indices, 1), torch.cat(inside, 1)


@torch.no_grad()
def assign(scores: torch.Tensor, boxes: torch.Tensor, targets: Targets, side: int) -> tuple[torch.Tensor, ...]:
    """Chosen pairs: (row into the flattened N*A anchors, index of the target, its soft score 0..1)."""
    real = torch.nonzero(targets.kind >= 0)[:, 0]
    xyxy, kind, image = targets.xyxy[real], targets.kind[real], targets.image[real]
    index, inside = candidates(xyxy, side)
    rows = index + (image * scores.shape[1])[:, None]
    iou = pair_iou(boxes.reshape(-1, 4)[rows], xyxy[:, None])
    chance = scores.reshape(-1, scores.shape[2])[rows, kind[:, None]]
    aligned = (chance.clamp(min=1e-4).sqrt() * iou.clamp(min=1e-3) ** 4) * inside
    value, place = aligned.topk(min(TOP, aligned.shape[1]), 1)
    flat_row = rows.gather(1, place).reshape(-1)
    flat_value, flat_iou = value.reshape(-1), iou.gather(1, place).reshape(-1)
    # an anchor claimed by two symbols goes to the one it describes better
    best = torch.zeros(scores.shape[0] * scores.shape[1]).scatter_reduce(0, flat_row, flat_value, "amax")
    wins = (flat_value > 0) & (flat_value >= best[flat_row])
    owner = torch.arange(len(real))[:, None].expand_as(value).reshape(-1)
    row, own, val, overlap = flat_row[wins], owner[wins], flat_value[wins], flat_iou[wins]
    peak = torch.zeros(len(real)).scatter_reduce(0, own, val, "amax")
    peak_iou = torch.zeros(len(real)).scatter_reduce(0, own, overlap, "amax")
    soft = val / peak[own].clamp(min=1e-9) * peak_iou[own].clamp(min=0.05)
    return row, real[own], soft


class Varifocal(torch.autograd.Function):
    """Weighted binary cross entropy of logits [A,C], all wanted at 0 but a few values. Returns its sum.

    Background counts as much as it is still believed in, or 300,000 empty cells drown a few symbols. Written out with its
    gradient, `weight * (chance - wanted)`, because most of a step's memory traffic would be the temporaries of this one sum.
    """

    @staticmethod
    def forward(ctx, logits: torch.Tensor, chance: torch.Tensor, counts: torch.Tensor, at: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
        """`chance`: sigmoid of `logits`; `counts` [A,1]: 0 where nothing counts; `at` [P]: flat places of the values `wanted` [P]."""
        weight = chance.square().mul_(0.75).mul_(counts)
        flat_weight = weight.view(-1)
        flat_weight[at] = 0.25 + 0.75 * wanted
        ctx.save_for_backward(chance, weight, at, wanted)
        losses = functional.softplus(logits).mul_(weight)
        return losses.sum() - (flat_weight[at] * logits.reshape(-1)[at] * wanted).sum()

    @staticmethod
    def backward(ctx, gradient: torch.Tensor) -> tuple:
        chance, weight, at, wanted = ctx.saved_tensors
        slope = weight * chance
        slope.view(-1)[at] -= weight.view(-1)[at] * wanted
        return slope.mul_(gradient), None, None, None, None


def detector_loss(levels: list[tuple[torch.Tensor, torch.Tensor]], targets: Targets, side: int) -> tuple[torch.Tensor, dict]:
    """Varifocal scores on all anchors not ignored, plus CIoU on the chosen ones."""
    logits, sides = flat([(c.float(), b.float()) for c, b in levels])
    centres, strides = anchors(side)
    boxes = decode(sides, centres, strides)
    flat_logits = logits.reshape(-1, logits.shape[2])
    chance = flat_logits.detach().sigmoid()
    row, target, soft = assign(chance.view(logits.shape), boxes.detach(), targets, side)
    counts = care(targets, centres, logits.shape[0]).reshape(-1, 1)
    counts[row] = 1.0
    total = soft.sum().clamp(min=1.0)
    entropy = Varifocal.apply(flat_logits, chance, counts, row * logits.shape[2] + targets.kind[target], soft) / total
    fit = complete_iou(boxes.reshape(-1, 4)[row], targets.xyxy[target])
    box = ((1 - fit) * soft).sum() / total
    return entropy + 2.5 * box, {"class": entropy.detach(), "box": box.detach(), "positives": len(row) / max(1, len(logits))}


@torch.no_grad()
def care(targets: Targets, centres: torch.Tensor, images: int) -> torch.Tensor:
    """[N,A] 1 where background counts, 0 inside ignored boxes."""
    weight = torch.ones(images, len(centres))
    for which in torch.nonzero(targets.kind < 0)[:, 0].tolist():
        x1, y1, x2, y2 = targets.xyxy[which]
        x, y = centres[:, 0], centres[:, 1]
        weight[targets.image[which]] *= ~((x > x1 - 4) & (x < x2 + 4) & (y > y1 - 4) & (y < y2 + 4))
    return weight
