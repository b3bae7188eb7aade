"""Cuts, windows and boxes keep pixels and truth together."""

import unittest

import numpy as np

from penstock_training.crop import Window, boxes_in_window, cut, scaled_labels, turned
from penstock_training.patch import cut_patch
from penstock_training.sheets import Sheet, visible_share


class Patch(unittest.TestCase):
    def test_samples_a_ramp_at_exactly_the_documented_places(self):
        grey = np.tile(np.arange(200, dtype=np.uint8), (100, 1))
        patch = cut_patch(grey, 80.3, 40.0, 3.0) * 255
        step = 12 * 3.0 / 48
        np.testing.assert_allclose(patch[10], 80.3 + (np.arange(48) - 23.5) * step, atol=2e-3)

    def test_clamps_at_the_sheet_border(self):
        grey = np.full((60, 60), 200, np.uint8)
        grey[0, :] = 50
        patch = cut_patch(grey, 30, -40, 4.0) * 255
        np.testing.assert_allclose(patch, 50, atol=1e-3)

    def test_a_line_is_four_patch_pixels_wide_whatever_its_width_on_the_sheet(self):
        for width in (2, 4, 8):
            grey = np.full((200, 200), 255, np.uint8)
            grey[:, 100 - width // 2 : 100 - width // 2 + width] = 0
            ink = (1 - cut_patch(grey, 99.5 + (width % 2) / 2, 100, width)).sum(1)
            np.testing.assert_allclose(ink, 4, atol=0.05)


class Windows(unittest.TestCase):
    def test_boxes_follow_the_pixels_through_every_turn_and_mirror(self):
        plane = np.zeros((100, 120), np.uint8)
        plane[30:42, 50:80] = 1
        box = np.array([[50, 30, 80, 42]], np.float32)
        for quarter in range(4):
            for mirror in (False, True):
                window = Window(20, 10, 80, 80, quarter, mirror)
                rows, columns = np.nonzero(turned(cut(plane, window, 0), window))
                seen = [columns.min(), rows.min(), columns.max() + 1, rows.max() + 1]
                np.testing.assert_allclose(boxes_in_window(box, window)[0], seen)

    def test_shrinking_a_mask_keeps_a_thin_line_whole(self):
        labels = np.zeros((200, 200), np.uint8)
        labels[:, 101:103] = 3
        small = scaled_labels(labels, Window(0, 0, 200, 100, 0, False), 9)
        self.assertTrue(((small == 3).sum(1) >= 1).all())


class Visibility(unittest.TestCase):
    def test_half_of_a_line_erased_by_the_scan_counts_as_half_seen(self):
        style, grey = np.zeros((140, 100), np.uint8), np.full((140, 100), 240, np.uint8)
        style[:, 50] = 1
        grey[:70, 50] = 30
        self.assertAlmostEqual(visible_share(Sheet("s", grey, style, {})), 0.5)


if __name__ == "__main__":
    unittest.main()
