import { runService } from "#shared/stage";

await runService("retrain-trainer", import.meta.url);
