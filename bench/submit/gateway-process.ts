/** The gateway as a process of its own, on a free port. `<url>` */
import { connectBus } from "#shared/bus";
import { startGateway } from "../../services/gateway/start.ts";
import { ready } from "../support/fork-worker.ts";

const bus = await connectBus({ url: process.argv[2] ?? "", name: "gateway" });
const gateway = await startGateway({ bus, port: 0 });
ready(gateway.url);
