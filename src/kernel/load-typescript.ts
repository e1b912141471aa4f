/** Lets cells import `.ts` files, such as those beside a notebook. */
export async function loadTypeScript(): Promise<void> {
  const { register } = await import("tsx/cjs/api");
  register();
  (await import("tsx/esm/api")).register();
}
