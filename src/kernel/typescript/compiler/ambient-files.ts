import type TS from "typescript";
import { ts } from "./typescript.ts";

/** Files that declare something for all others, such as by `declare global`: later cells see it though they import nothing of them. */
export class AmbientFiles {
  readonly #seen = new Set<string>();
  readonly #ambient = new Set<string>();

  get all(): Iterable<string> {
    return this.#ambient;
  }

  /** Notes which of a program's files are such. */
  note(program: TS.Program): void {
    for (const file of program.getSourceFiles()) {
      if (this.#seen.has(file.fileName) || program.isSourceFileDefaultLibrary(file)) continue;
      this.#seen.add(file.fileName);
      if (isAmbient(file)) this.#ambient.add(file.fileName);
    }
  }
}

const isAmbient = (file: TS.SourceFile): boolean =>
  file.statements.some((statement) => ts.isModuleDeclaration(statement) && isForOthers(statement)) ||
  (file.isDeclarationFile && !ts.isExternalModule(file));

/** Not `declare module "./part"`, which packages use for parts of their own. */
const isForOthers = ({ name, flags }: TS.ModuleDeclaration): boolean =>
  (flags & ts.NodeFlags.GlobalAugmentation) !== 0 || (ts.isStringLiteral(name) && !name.text.startsWith("."));
