import { runService } from "#shared/stage";

await runService("gates", import.meta.url);
