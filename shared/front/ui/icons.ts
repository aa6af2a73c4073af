/** The icons that we use, as data, one module each: the package's own index makes a build read 1,700 of them. */
/// <reference path="./lucide.d.ts" />
export { default as Activity } from "lucide/dist/esm/icons/activity.mjs";
export { default as Bell } from "lucide/dist/esm/icons/bell.mjs";
export { default as BellOff } from "lucide/dist/esm/icons/bell-off.mjs";
export { default as Check } from "lucide/dist/esm/icons/check.mjs";
export { default as ChevronDown } from "lucide/dist/esm/icons/chevron-down.mjs";
export { default as CircleAlert } from "lucide/dist/esm/icons/circle-alert.mjs";
export { default as CircleCheck } from "lucide/dist/esm/icons/circle-check.mjs";
export { default as CloudOff } from "lucide/dist/esm/icons/cloud-off.mjs";
export { default as Copy } from "lucide/dist/esm/icons/copy.mjs";
export { default as CreditCard } from "lucide/dist/esm/icons/credit-card.mjs";
export { default as Info } from "lucide/dist/esm/icons/info.mjs";
export { default as LayoutDashboard } from "lucide/dist/esm/icons/layout-dashboard.mjs";
export { default as Megaphone } from "lucide/dist/esm/icons/megaphone.mjs";
export { default as MonitorSmartphone } from "lucide/dist/esm/icons/monitor-smartphone.mjs";
export { default as Pause } from "lucide/dist/esm/icons/pause.mjs";
export { default as Play } from "lucide/dist/esm/icons/play.mjs";
export { default as ReceiptText } from "lucide/dist/esm/icons/receipt-text.mjs";
export { default as ScrollText } from "lucide/dist/esm/icons/scroll-text.mjs";
export { default as Search } from "lucide/dist/esm/icons/search.mjs";
export { default as Settings } from "lucide/dist/esm/icons/settings.mjs";
export { default as Trash } from "lucide/dist/esm/icons/trash.mjs";
export { default as TriangleAlert } from "lucide/dist/esm/icons/triangle-alert.mjs";
export { default as UserRound } from "lucide/dist/esm/icons/user-round.mjs";
export { default as Users } from "lucide/dist/esm/icons/users.mjs";
export { default as Waypoints } from "lucide/dist/esm/icons/waypoints.mjs";
export { default as X } from "lucide/dist/esm/icons/x.mjs";
