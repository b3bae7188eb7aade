export { simplifyPolyline } from "./simplify-polyline.ts";
export { type Branch, type Knot, type SkeletonTrace, traceSkeleton } from "./trace-skeleton.ts";
