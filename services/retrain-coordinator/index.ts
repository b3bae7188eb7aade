import { runService } from "#shared/stage";

await runService("retrain-coordinator", import.meta.url);
