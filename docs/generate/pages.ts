import { PIPELINES } from "#shared/pipeline";
import { configTables } from "./config-page.ts";
import { errorTable } from "./failures-page.ts";
import { between } from "./markdown.ts";
import { mermaid, messageTable, shortStageTable, stageTable } from "./pipeline-page.ts";
import { pipelinePicture } from "./pipeline-picture.ts";
import { stageOptions } from "./stage-options.ts";

/** Documents made from declarations, in part or whole: path from the root, and its text from the old text. */
export const PAGES: Record<string, (current: string, root: string) => Promise<string>> = {
  "README.md": async (current) => between(current, "stages", shortStageTable(PIPELINES[0])),
  "docs/pipeline.md": async (current) => {
    let page = current;
    for (const pipeline of PIPELINES) {
      page = between(page, `${pipeline.name} picture`, mermaid(pipeline));
      page = between(page, `${pipeline.name} stages`, stageTable(pipeline));
      page = between(page, `${pipeline.name} messages`, messageTable(pipeline));
    }
    return page;
  },
  "docs/config.md": async (current) => between(current, "variables", await configTables()),
  "docs/failures.md": async (current, root) => between(current, "codes", await errorTable(root)),
  "services/gateway/settings/stage-options.json": async () => stageOptions(),
  "docs/images/pipeline.svg": async () => pipelinePicture(PIPELINES[0]),
};
