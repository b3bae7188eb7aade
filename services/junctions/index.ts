import { runService } from "#shared/stage";

await runService("junctions", import.meta.url);
