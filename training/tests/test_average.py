"""Averaging checkpoints."""

import unittest

import torch
from average import average


class Average(unittest.TestCase):
    def test_weights_lie_between_and_counts_are_the_later_ones(self):
        earlier = {"w": torch.tensor([0.0, 4.0]), "seen": torch.tensor(10)}
        later = {"w": torch.tensor([1.0, 0.0]), "seen": torch.tensor(30)}
        mixed = average(earlier, later, 0.75)
        torch.testing.assert_close(mixed["w"], torch.tensor([0.75, 1.0]))
        self.assertEqual(mixed["seen"].item(), 30)

    def test_other_networks_are_refused(self):
        with self.assertRaises(SystemExit):
            average({"w": torch.zeros(1)}, {"v": torch.zeros(1)}, 0.5)


if __name__ == "__main__":
    unittest.main()
