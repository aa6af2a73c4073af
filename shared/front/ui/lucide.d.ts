// The package types its index only; we import icons one by one, since its index makes a build read 1,700 of them.
declare module "lucide/dist/esm/icons/*.mjs" {
  const icon: import("./icon.ts").IconShapes;
  export default icon;
}
