// The package types its index only; we import its icons one by one.
declare module "lucide/dist/esm/icons/*.mjs" {
  const icon: import("./icon.ts").IconShapes;
  export default icon;
}
