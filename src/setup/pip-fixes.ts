import type { Fix } from "./run-command.ts";

/** What to do about pip's commonest messages; the first that fits counts. */
export const pipFixes: readonly Fix[] = [
  {
    says: /no space left on device/i,
    fix: "free 2 GB of disk",
  },
  {
    says: /disk quota exceeded/i,
    fix: "free 2 GB of your quota",
  },
  {
    says: /do not match the hashes/i,
    fix: "the file differs from the locked one: clear pip's cache (python3 -m pip cache purge), or use another index (PIP_INDEX_URL)",
  },
  {
    says: /no matching distribution|could not find a version/i,
    fix: "the index lacks this package for your Python: check PIP_INDEX_URL and pip's configuration (python3 -m pip config list)",
  },
  {
    says: /certificate|ssl/i,
    fix: "let pip trust your network's certificate: PIP_CERT=/path/to/certificates.pem",
  },
  {
    says: /proxy/i,
    fix: "check the proxy (HTTPS_PROXY, PIP_PROXY)",
  },
  {
    says: /'--user' install|--target|--prefix/i,
    fix: "remove user, target and prefix from pip's configuration (python3 -m pip config list shows the file)",
  },
  {
    says: /permission denied/i,
    fix: "make the kit's folder your own, or clone it to another place",
  },
  {
    says: /connection|timed out|timeout|name resolution|max retries|network is unreachable/i,
    fix: "check the network",
  },
];
