/**
 * What StrykerJS leaves alone, as mutants.py does: log lines; how things look, which are classes of Tailwind; and
 * `import.meta.glob`, whose arguments Vite reads as literals before anything runs.
 */
import { declareValuePlugin, PluginKind } from "@stryker-mutator/api/plugin";

const isLog = (path) => path.isCallExpression() && path.get("callee.object").isIdentifier({ name: "log" });
const isGlob = (path) => path.isCallExpression() && path.get("callee.object").isMetaProperty();
const isLook = (path) => path.isJSXAttribute() && path.node.name.name === "className";

export const strykerPlugins = [
  declareValuePlugin(PluginKind.Ignore, "left-alone", {
    shouldIgnore: (path) => (isLog(path) || isLook(path) || isGlob(path) ? "is no behaviour" : undefined),
  }),
];
