import { runService } from "#shared/stage";

const stages = ["./annotation.ts", "./masks.ts", "./graph.ts"].map((file) => new URL(file, import.meta.url));
await runService({ name: "gates", stages });
