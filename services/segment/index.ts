import { runService } from "#shared/stage";

await runService("segment", import.meta.url);
