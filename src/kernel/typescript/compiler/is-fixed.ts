/** Whether a file stays as it is while the kernel runs: a package's, or declarations that were made of something. */
export const isFixed = (file: string): boolean =>
  file.includes("/node_modules/") || /\.d\.[cm]?ts$/.test(file);
