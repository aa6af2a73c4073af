export { default, handleError, streamTimeout } from "@dashboard/front/server/document.tsx";
