import { render } from "preact";
import { App } from "./components/app.js";
import { followChanges } from "./live-reload.js";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/shell.css";
import "./styles/components.css";
import "./styles/health.css";
import "./styles/dashboards.css";
import "./styles/lineage.css";

render(<App />, document.getElementById("app")!);
followChanges();
