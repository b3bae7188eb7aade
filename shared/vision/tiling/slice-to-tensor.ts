import { checkImage, type Picture } from "../geometry/types.ts";
import type { Fit } from "./letterbox.ts";
import type { Slice } from "./plan-slices.ts";
import { SHARE, tileToTensor } from "./tile-to-tensor.ts";

/** Grey of the letterbox rim, 114/255, as YOLO exports expect it. */
const RIM = 114 / 255;

/**
 * Resamples a slice of the sheet into a network input: planes `[3, S, S]`, RGB, 0..1, or of a grey picture `[1, S, S]` for a
 * target of one plane. Shrinking averages over the covered area (thin lines fade instead of vanishing), enlarging
 * interpolates linearly; alpha is put on white.
 * @param target reused buffer of 3·S·S or S·S floats, to batch without allocating
 */
export function sliceToTensor(picture: Picture, slice: Slice, fit: Fit, target?: Float32Array): Float32Array {
  checkImage(picture, "picture");
  const side = fit.inputPx;
  const out = target ?? new Float32Array(3 * side * side);
  if (out.length === side * side && picture.channels !== 1)
    throw new RangeError(
      `a network with one plane is shown grey, the picture has ${picture.channels} channels`,
    );
  if (fit.scale === 1 && slice.width === side && slice.height === side && picture.channels !== 4)
    return copySlice(picture, slice, out);
  out.fill(RIM);
  const left = Math.round(fit.padX);
  const top = Math.round(fit.padY);
  const columns = taps(
    slice.x,
    slice.width,
    Math.min(side - left, Math.round(slice.width * fit.scale)),
    picture.width,
  );
  const rows = taps(
    slice.y,
    slice.height,
    Math.min(side - top, Math.round(slice.height * fit.scale)),
    picture.height,
  );
  const { channels, data } = picture;
  if (channels === 1) return resampleGrey(picture, columns, rows, out, top * side + left, side);
  const line = new Float32Array(3 * columns.count);
  for (let j = 0; j < rows.count; j++) {
    line.fill(0);
    for (let t = rows.first[j]!; t < rows.first[j + 1]!; t++) {
      const base = rows.index[t]! * picture.width;
      const rowWeight = rows.weight[t]!;
      for (let i = 0; i < columns.count; i++)
        for (let s = columns.first[i]!; s < columns.first[i + 1]!; s++) {
          const at = (base + columns.index[s]!) * channels;
          const w = (rowWeight * columns.weight[s]!) / 255;
          const alpha = channels === 4 ? data[at + 3]! / 255 : 1;
          const white = 255 * (1 - alpha);
          line[3 * i]! += w * (data[at]! * alpha + white);
          line[3 * i + 1]! += w * (data[at + 1]! * alpha + white);
          line[3 * i + 2]! += w * (data[at + 2]! * alpha + white);
        }
    }
    for (let i = 0, at = (top + j) * side + left; i < columns.count; i++, at++) {
      out[at] = line[3 * i]!;
      out[at + side * side] = line[3 * i + 1]!;
      out[at + 2 * side * side] = line[3 * i + 2]!;
    }
  }
  return out;
}

/** One plane is resampled, the other two are its copies. @param corner where the slice begins in a plane */
function resampleGrey(
  { width, data }: Picture,
  columns: Taps,
  rows: Taps,
  out: Float32Array,
  corner: number,
  side: number,
): Float32Array {
  const line = new Float32Array(columns.count);
  const { first, index, weight } = columns;
  for (let j = 0; j < rows.count; j++) {
    line.fill(0);
    for (let t = rows.first[j]!; t < rows.first[j + 1]!; t++) {
      const base = rows.index[t]! * width;
      const rowWeight = rows.weight[t]!;
      for (let i = 0; i < line.length; i++) {
        let sum = line[i]!;
        for (let s = first[i]!; s < first[i + 1]!; s++)
          sum = Math.fround(sum + ((rowWeight * weight[s]!) / 255) * data[base + index[s]!]!);
        line[i] = sum;
      }
    }
    out.set(line, corner + j * side);
  }
  return repeatPlane(out, side * side);
}

/** A slice of the network's own size, which most are: nothing to resample. */
function copySlice({ width, channels, data }: Picture, slice: Slice, out: Float32Array): Float32Array {
  const area = slice.width * slice.height;
  if (channels === 1) {
    tileToTensor({ width, height: data.length / width, data }, slice, out.subarray(0, area));
    return repeatPlane(out, area);
  }
  for (let y = 0, at = 0; y < slice.height; y++) {
    let source = ((slice.y + y) * width + slice.x) * channels;
    for (let x = 0; x < slice.width; x++, at++, source += channels) {
      out[at] = SHARE[data[source]!]!;
      out[at + area] = SHARE[data[source + 1]!]!;
      out[at + 2 * area] = SHARE[data[source + 2]!]!;
    }
  }
  return out;
}

/** Grey is the same in all planes. */
function repeatPlane(out: Float32Array, area: number): Float32Array {
  for (let at = area; at < out.length; at += area) out.copyWithin(at, 0, area);
  return out;
}

type Taps = ReturnType<typeof taps>;

/** For every output position the source positions it averages and their weights (flat lists, `first` delimits). */
function taps(start: number, length: number, count: number, limit: number) {
  const step = length / count;
  const first = new Int32Array(count + 1);
  const index: number[] = [];
  const weight: number[] = [];
  for (let i = 0; i < count; i++) {
    first[i] = index.length;
    if (step > 1) {
      const from = start + i * step;
      const to = from + step;
      for (let p = Math.floor(from); p < to; p++) {
        const share = Math.min(to, p + 1) - Math.max(from, p);
        if (share <= 1e-9) continue;
        index.push(Math.min(Math.max(p, 0), limit - 1));
        weight.push(share / step);
      }
    } else {
      const at = start + (i + 0.5) * step - 0.5;
      const low = Math.floor(at);
      const high = at - low;
      index.push(Math.min(Math.max(low, 0), limit - 1), Math.min(Math.max(low + 1, 0), limit - 1));
      weight.push(1 - high, high);
    }
  }
  first[count] = index.length;
  return { count, first, index: Int32Array.from(index), weight: Float32Array.from(weight) };
}
