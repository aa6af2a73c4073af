import { data } from "react-router";

export const meta = () => [{ title: "Not found · Tools Dashboard" }];

export function loader() {
  throw data(null, { status: 404 });
}

export default function NotFound() {
  return null;
}
