/** What StrykerJS leaves alone, as mutants.py does: log lines; and how things look, which are classes of Tailwind. */
import { declareValuePlugin, PluginKind } from "@stryker-mutator/api/plugin";

const isLog = (path) => path.isCallExpression() && path.get("callee.object").isIdentifier({ name: "log" });
const isLook = (path) => path.isJSXAttribute() && path.node.name.name === "className";

export const strykerPlugins = [
  declareValuePlugin(PluginKind.Ignore, "left-alone", {
    shouldIgnore: (path) => (isLog(path) || isLook(path) ? "is no behaviour" : undefined),
  }),
];
