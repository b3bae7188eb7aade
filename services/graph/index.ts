import { runService } from "#shared/stage";

await runService("graph", import.meta.url);
