"""The detector's box arithmetic and assignment."""

import unittest

import torch
from torch.nn import functional

from penstock_training.detector_data import Targets
from penstock_training.detector_loss import Varifocal, assign, candidates, pair_iou
from penstock_training.detector_model import DetectorNet, ServedDetector, anchors, decode, flat


class Boxes(unittest.TestCase):
    def test_iou_of_half_overlapping_boxes_is_a_third(self):
        a, b = torch.tensor([[0.0, 0, 2, 2]]), torch.tensor([[1.0, 0, 3, 2]])
        self.assertAlmostEqual(pair_iou(a, b).item(), 1 / 3, places=5)

    def test_the_served_model_decodes_the_same_boxes_as_training(self):
        torch.manual_seed(3)
        net = DetectorNet(2).eval()
        image = torch.rand(1, 1, 64, 64)
        served = ServedDetector(net, 64).eval()(image)[0]
        logits, sides = flat(net(1 - image))
        centres, strides = anchors(64)
        corners = decode(sides[0], centres, strides)
        size = corners[:, 2:] - corners[:, :2]
        torch.testing.assert_close(served[:4].t(), torch.cat([corners[:, :2] + size / 2, size], 1), atol=1e-3, rtol=1e-4)
        torch.testing.assert_close(served[4:].t(), logits[0].sigmoid(), atol=1e-4, rtol=1e-4)


class Assignment(unittest.TestCase):
    def test_a_symbol_smaller_than_a_cell_still_gets_an_anchor(self):
        index, inside = candidates(torch.tensor([[33.0, 33, 36, 36]]), 64)
        self.assertEqual(int(inside.sum()), 1)
        self.assertEqual(int(index[inside]), 8 * 16 + 8)

    def test_ignored_boxes_are_never_positives(self):
        targets = Targets(torch.tensor([[8.0, 8, 40, 40], [20.0, 20, 60, 60]]), torch.tensor([-1, 1]), torch.tensor([0, 0]))
        centres, strides = anchors(64)
        boxes = decode(torch.zeros(1, len(centres), 4), centres, strides)
        row, target, soft = assign(torch.full((1, len(centres), 2), 0.1), boxes, targets, 64)
        self.assertGreater(len(row), 0)
        self.assertEqual(set(target.tolist()), {1})
        self.assertEqual(len(set(row.tolist())), len(row))


class Scores(unittest.TestCase):
    def test_the_written_out_gradient_is_that_of_the_plain_sum(self):
        torch.manual_seed(2)
        logits = torch.randn(50, 7, dtype=torch.double, requires_grad=True)
        at, values = torch.tensor([3, 40, 77]), torch.tensor([0.3, 0.9, 0.6], dtype=torch.double)
        counts = (torch.rand(50, 1) > 0.2).double()
        counts[at // 7] = 1
        wanted = torch.zeros(350, dtype=torch.double).index_put((at,), values).view(50, 7)
        weight = counts * torch.where(wanted > 0, 0.25 + 0.75 * wanted, 0.75 * logits.detach().sigmoid().square())
        plain = functional.binary_cross_entropy_with_logits(logits, wanted, weight, reduction="sum")
        written = Varifocal.apply(logits, logits.detach().sigmoid(), counts, at, values)
        torch.testing.assert_close(written, plain)
        torch.testing.assert_close(torch.autograd.grad(written, logits), torch.autograd.grad(plain, logits))


if __name__ == "__main__":
    unittest.main()
