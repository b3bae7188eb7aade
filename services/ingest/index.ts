import { runService } from "#shared/stage";

await runService({ name: "ingest", stages: [new URL("./stage.ts", import.meta.url)] });
