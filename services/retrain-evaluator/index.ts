import { runService } from "#shared/stage";

await runService("retrain-evaluator", import.meta.url);
