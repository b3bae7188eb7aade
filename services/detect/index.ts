import { runService } from "#shared/stage";

await runService("detect", import.meta.url);
