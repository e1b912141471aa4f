import output from "node:console";
import { teachShortForms } from "../values/short-forms.ts";

const methods = ["log", "info", "debug", "warn", "error", "dir"] as const;

/**
 * Lets `console` show tensors and data frames in their short form, too.
 *
 * @returns undoes it.
 */
export function teachConsole(): () => void {
  const before = methods.map((name) => [name, output[name]] as const);
  for (const [name, print] of before) {
    output[name] = (...values: unknown[]) => {
      for (const value of values) teachShortForms(value);
      Reflect.apply(print, output, values);
    };
  }
  return () => {
    for (const [name, print] of before) output[name] = print;
  };
}
