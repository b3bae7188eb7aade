import { render } from "preact";
import { App } from "./app.tsx";
import { startRouter } from "./router/location.ts";
import "./state/preferences.ts";
import "./styles/index.css";

startRouter();
const root = document.getElementById("app");
if (root) render(<App />, root);
