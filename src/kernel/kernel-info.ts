import { createRequire } from "node:module";
import type { LanguageEngine } from "./language-engine.ts";

const { version }: { version: string } = createRequire(import.meta.url)("../../package.json");

/** What the kernel is, as it answers `kernel_info_request`. */
export const kernelInfo = (engine: Pick<LanguageEngine, "name" | "version">) => ({
  status: "ok",
  protocol_version: "5.4",
  implementation: "h2t-kit",
  implementation_version: version,
  language_info: {
    name: "typescript",
    version: engine.version,
    mimetype: "text/typescript",
    file_extension: ".ts",
    pygments_lexer: "typescript",
    codemirror_mode: "typescript",
    nbconvert_exporter: "script",
  },
  banner: `h2t-kit ${version}: TypeScript by ${engine.name} ${engine.version} on Node ${process.versions.node}`,
  help_links: [{ text: "TypeScript", url: "https://www.typescriptlang.org/docs/" }],
  debugger: false,
  supported_features: [],
});
