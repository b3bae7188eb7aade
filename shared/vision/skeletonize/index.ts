export {
  type SkeletonOptions,
  type SkeletonResult,
  skeletonizeFull,
  skeletonizeSimple,
} from "./skeletonize-mask.ts";
export { thin } from "./thin.ts";
