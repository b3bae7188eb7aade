import type { App, Gateway } from "../context.ts";

/** `/api/openapi.json`, made from the routes' own schemas; the page that shows it is static. */
export function docs(app: App, gateway: Gateway): void {
  app.doc31("/api/openapi.json", () => ({
    openapi: "3.1.0",
    info: {
      title: "Penstock",
      version: gateway.version,
      description:
        "Turns P&ID sheets into validated, machine-readable topology. Errors are RFC 9457 problem documents with a stable `code`.",
    },
  }));
}
