/// <reference path="./lucide.d.ts" />
import { createElement } from "react";

/** What is drawn, on a grid of 24 by 24: tag and attributes of each shape. */
export type IconShapes = [tag: string, attributes: Record<string, string | number>][];

interface IconProps {
  of: IconShapes;
  size?: number;
  className?: string;
}

const STROKE = {
  fill: "none",
  stroke: "currentColor",
  strokeWidth: 2,
  strokeLinecap: "round",
  strokeLinejoin: "round",
};

/** Decoration: what it means stands beside it, or in the label of its button. */
export function Icon({ of: shapes, size = 24, className }: IconProps) {
  const frame = { "aria-hidden": true, viewBox: "0 0 24 24", width: size, height: size, className, ...STROKE };
  return createElement("svg", frame, ...shapes.map(([tag, attributes]) => createElement(tag, attributes)));
}
