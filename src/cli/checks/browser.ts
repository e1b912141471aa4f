import { findBrowser } from "../../report/find-browser.ts";
import type { Finding } from "./finding.ts";

/** Whether a browser is there for static images of figures and for tests; nothing else needs one. */
export function checkBrowser(searchPath?: string): Finding {
  const found = findBrowser(searchPath);
  return {
    name: "Browser",
    ...(found === undefined
      ? {
          status: "absent",
          detail:
            "no Chromium; only static images of figures and npm test need one: sudo apt install chromium",
        }
      : { status: "found", detail: found }),
  };
}
