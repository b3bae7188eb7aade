import { BORDER_STYLE, PIPE_STYLES, PROCESS_STYLE, SYMBOL_STYLE } from "#shared/messages";
import {
  clearChainLines,
  estimateLineWidth,
  type Mask,
  maskOfClasses,
  type Raster,
  rescueLines,
  subtract,
} from "#shared/vision";

/** What the stages after this one work on. */
export interface SheetMasks {
  /** Ink of lines between symbols. */
  pipeMask: Mask;
  /** Class per pixel, as `style_mask.png` has it. */
  classIndex: Raster;
  /** Typical width of a process line, px; 0 without one. */
  lineWidthPx: number;
}

/**
 * Masks from what a segmenter said about every pixel.
 * @param labels class per pixel, in the classes of `style_mask.png` @param nodeMask where symbols are known to be
 */
export function makeMasks(labels: Raster, nodeMask: Mask): SheetMasks {
  const options = {
    lineWidthPx: estimateLineWidth(maskOfClasses(labels, [PROCESS_STYLE])),
    lines: PIPE_STYLES,
    symbol: SYMBOL_STYLE,
    border: BORDER_STYLE,
  };
  const classIndex = rescueLines(labels, nodeMask, options);
  // After the rescue, which would give dashes back to the lines they touch.
  clearChainLines(classIndex, options);
  const pipeMask = subtract(maskOfClasses(classIndex, PIPE_STYLES), nodeMask);
  const lineWidthPx =
    estimateLineWidth(maskOfClasses(classIndex, [PROCESS_STYLE])) || estimateLineWidth(pipeMask);
  return { pipeMask, classIndex, lineWidthPx };
}
