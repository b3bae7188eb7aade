import { runService } from "#shared/stage";

await runService("skeletonize", import.meta.url);
