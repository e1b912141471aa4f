/** Of pip's variables those that say where packages come from; others could send them elsewhere than to `.venv`. */
const pipSources = new Set(
  [
    "INDEX_URL EXTRA_INDEX_URL FIND_LINKS NO_INDEX TRUSTED_HOST PROXY CERT CLIENT_CERT KEYRING_PROVIDER",
    "TIMEOUT DEFAULT_TIMEOUT RETRIES CACHE_DIR NO_CACHE_DIR CONFIG_FILE USE_FEATURE USE_DEPRECATED",
  ].flatMap((names) => names.split(" ").map((name) => `PIP_${name}`)),
);

/** Ours, and no business of Python's. */
const named = "PYTHON";

function isKept(name: string): boolean {
  if (name.startsWith("PIP_")) return pipSources.has(name);
  return name === named || !name.startsWith("PYTHON");
}

/**
 * The environment in which the Python of `.venv` runs: without variables such as PIP_USER, PYTHONPATH or PYTHONHOME, which would
 * install packages elsewhere, or find those of another Python.
 *
 * @example pythonEnvironment({ PATH: "/bin", PIP_USER: "1" }); // → { PATH: "/bin" }
 */
export const pythonEnvironment = (environment: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => isKept(name)));
