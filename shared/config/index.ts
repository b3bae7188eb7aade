export { CommonConfig, readCommonConfig } from "./common.ts";
export { passEnv } from "./pass-env.ts";
export { readEnv, variableName } from "./read-env.ts";
