import { runService } from "#shared/stage";

await runService("export", import.meta.url);
