import { runService } from "#shared/stage";

await runService("ingest", import.meta.url);
