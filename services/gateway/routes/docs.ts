import { SESSION_COOKIE } from "../auth/session-cookie.ts";
import type { App, Gateway } from "../context.ts";

/** `/api/openapi.json`, made from the routes' own schemas; the page that shows it is static. */
export function docs(app: App, gateway: Gateway): void {
  const { registerComponent } = app.openAPIRegistry;
  const register = registerComponent.bind(app.openAPIRegistry, "securitySchemes");
  register("bearer", { type: "http", scheme: "bearer", description: "a token, or `<name>:<secret>`" });
  register("basic", { type: "http", scheme: "basic", description: "name and secret, as Flower has it" });
  register("session", { type: "apiKey", in: "cookie", name: SESSION_COOKIE });
  const ways: Record<string, string[]>[] = [{ bearer: [] }, { basic: [] }, { session: [] }];
  app.doc31("/api/openapi.json", () => ({
    openapi: "3.1.0",
    security: ways,
    info: {
      title: "Penstock",
      version: gateway.version,
      description:
        "Turns P&ID sheets into validated, machine-readable topology. Errors are RFC 9457 problem documents with a stable `code`.",
    },
  }));
}
