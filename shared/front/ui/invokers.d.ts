import "react";

// Invoker commands are not in @types/react yet; React passes the attributes through.
declare module "react" {
  interface ButtonHTMLAttributes<T> extends HTMLAttributes<T> {
    command?: string;
    commandfor?: string;
  }
}
