export { CommonConfig, readCommonConfig } from "./common.ts";
export { defaultEnv } from "./default-env.ts";
export { passEnv } from "./pass-env.ts";
export { readEnv, variableName } from "./read-env.ts";
