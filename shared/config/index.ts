export { CommonConfig, readCommonConfig } from "./common.ts";
export { readEnv, variableName } from "./read-env.ts";
