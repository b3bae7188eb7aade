import { arc, circle, hollow, line, open, poly, port, rect, shape, solid } from "../draw.ts";
import type { Label, Manners, Port, Stroke } from "../types.ts";
import { bars, bow, dome, flanged, stem, two, wide } from "../valve-bodies.ts";

const top = (y: number): Port => port("N", 0, y, "N", "signal");
const letter = (text: string, x: number, y: number, height: number): { labels: Label[] } => ({
  labels: [{ x, y, height, text }],
});
/** Stem that turns aside, for actuators that lie beside the valve. */
const elbow = (y: number, x: number) => open(line(0, 0, 0, y, x, y));
/** Box whose middle axis leans, as far from the body as `far`. */
function leaningBox(lean: number, far: number, half: number): Stroke[] {
  const [c, s] = [Math.cos(lean), Math.sin(lean)];
  const at = (u: number, v: number) => [s * v + c * u, -c * v + s * u];
  return [
    open(line(0, 0, ...at(0, far))),
    hollow(
      poly(...at(-half, far), ...at(half, far), ...at(half, far + 2 * half), ...at(-half, far + 2 * half)),
    ),
  ];
}
const leaningDome = (degrees: number, far: number, r: number): Stroke[] => {
  const t = (degrees * Math.PI) / 180;
  const [x, y] = [Math.sin(t) * far, -Math.cos(t) * far];
  return [open(line(0, 0, x, y)), hollow(`${arc(x, y, r, r, 180 + degrees, 360 + degrees)}Z`)];
};

/** Further actuators: hanging ones come by mirroring, these lean, lie beside the body, stand on long stems or are pistons. */
export const actuatedValves: Manners = {
  control_valve: [
    shape([open(bow(0.3)), stem(-0.9), dome(-0.9, 0.3)], [...two, top(-1.2)]),
    shape([open(bow(0.24)), stem(-0.34), dome(-0.34, 0.24)], [...two, top(-0.58)]),
    shape([open(bow(0.28)), ...leaningDome(35, 0.5, 0.2)], two),
    shape([solid(bow(0.26)), stem(-0.5), dome(-0.5, 0.28)], [...two, top(-0.78)]),
    shape([open(bow(0.28)), elbow(-0.55, 0.22), hollow(`${arc(0.22, -0.55, 0.27, 0.27, -90, 90)}Z`)], two),
    shape(
      [open(bow(0.28)), stem(-0.45), hollow(`${arc(0, -0.6, 0.4, 0.15, 0, 360)}Z`)],
      [...two, top(-0.75)],
    ),
    // Pistons.
    shape(
      [
        open(bow(0.28)),
        stem(-0.45),
        hollow(rect(0, -0.68, 0.46, 0.46)),
        open(line(-0.23, -0.68, 0.23, -0.68)),
        open(line(0, -0.68, 0, -0.45)),
      ],
      [...two, top(-0.91)],
    ),
    shape(
      [
        open(bow(0.26)),
        elbow(-0.5, -0.1),
        hollow(rect(0.14, -0.5, 0.66, 0.3)),
        open(line(0.2, -0.65, 0.2, -0.35)),
      ],
      two,
    ),
    shape(
      [
        open(bow(0.28)),
        solid(circle(0, 0, 0.12)),
        stem(-0.5),
        dome(-0.5, 0.28),
        open(line(0, -0.78, 0, -0.92)),
        open(line(-0.16, -0.92, 0.16, -0.92)),
      ],
      two,
    ),
    shape(
      [open(bow(0.3)), hollow(circle(0, 0, 0.18)), stem(-0.5), dome(-0.5, 0.3), ...bars(0.5, 0.36)],
      [...two, top(-0.8)],
    ),
    shape(
      [...bars(0.3, 0.32), open(line(-0.3, 0.3, 0.3, -0.3)), stem(-0.5), dome(-0.5, 0.28)],
      [port("W", -0.3, 0), port("E", 0.3, 0), top(-0.78)],
    ),
  ],
  motor_operated_valve: [
    shape(
      [open(bow(0.28)), stem(-0.8), hollow(circle(0, -1.02, 0.22))],
      [...two, top(-1.24)],
      letter("M", 0, -1.02, 0.22),
    ),
    shape(
      [open(bow(0.26)), elbow(-0.56, 0.1), hollow(circle(0.3, -0.56, 0.2))],
      two,
      letter("M", 0.3, -0.56, 0.2),
    ),
    shape(
      [open(bow(0.28)), open(line(0, 0, 0.17, -0.36)), hollow(circle(0.27, -0.56, 0.22))],
      two,
      letter("M", 0.27, -0.56, 0.22),
    ),
    shape(
      [open(bow(0.28)), stem(-0.4), hollow(rect(0, -0.62, 0.46, 0.44))],
      [...two, top(-0.84)],
      letter("M", 0, -0.62, 0.26),
    ),
    shape(
      [solid(bow(0.26)), stem(-0.4), hollow(circle(0, -0.64, 0.24))],
      [...two, top(-0.88)],
      letter("M", 0, -0.64, 0.24),
    ),
    shape(
      [open(bow(0.26)), solid(circle(0, 0, 0.12)), stem(-0.4), hollow(circle(0, -0.64, 0.24)), ...flanged],
      [...wide, top(-0.88)],
      letter("M", 0, -0.64, 0.24),
    ),
    shape(
      [...bars(0.3, 0.32), open(line(-0.3, 0.3, 0.3, -0.3)), stem(-0.42), hollow(circle(0, -0.66, 0.24))],
      [port("W", -0.3, 0), port("E", 0.3, 0), top(-0.9)],
      letter("M", 0, -0.66, 0.24),
    ),
  ],
  solenoid_valve: [
    shape(
      [open(bow(0.28)), stem(-0.8), hollow(rect(0, -1, 0.4, 0.4))],
      [...two, top(-1.2)],
      letter("S", 0, -1, 0.24),
    ),
    shape([open(bow(0.28)), ...leaningBox(0.5, 0.4, 0.17)], two, letter("S", 0.273, -0.5, 0.2)),
    shape(
      [open(bow(0.26)), elbow(-0.55, 0.1), hollow(rect(0.29, -0.55, 0.38, 0.38))],
      two,
      letter("S", 0.29, -0.55, 0.24),
    ),
    shape(
      [solid(bow(0.26)), stem(-0.4), hollow(rect(0, -0.6, 0.4, 0.4))],
      [...two, top(-0.8)],
      letter("S", 0, -0.6, 0.24),
    ),
    shape(
      [open(bow(0.28)), stem(-0.7), open(rect(0, -0.86, 0.5, 0.32)), open(line(-0.25, -0.7, 0.25, -1.02))],
      [...two, top(-1.02)],
    ),
  ],
  pressure_regulator: [
    shape(
      [
        open(bow(0.28)),
        stem(-0.46),
        dome(-0.46, 0.26),
        open(line(0.26, -0.46, 0.46, -0.46, 0.46, -0.26)),
        ...bars(0.5, 0.34),
      ],
      two,
    ),
    shape(
      [
        open(bow(0.28)),
        stem(-0.46),
        open(`${arc(0, -0.46, 0.34, 0.2, 180, 360)}Z`),
        open(line(0, -0.66, 0.1, -0.72, -0.1, -0.8, 0.1, -0.88, 0, -0.94)),
        open(line(0.34, -0.46, 0.44, -0.46, 0.44, -0.28)),
      ],
      two,
    ),
    shape(
      [
        solid(bow(0.26)),
        stem(-0.46),
        dome(-0.46, 0.26),
        open(line(-0.26, -0.46, -0.42, -0.46, -0.42, -0.24)),
      ],
      two,
    ),
  ],
};
