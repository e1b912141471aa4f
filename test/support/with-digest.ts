import { createHash } from "node:crypto";
import { canonicalJson } from "../../src/storage/canonical-json.ts";

/**
 * A record with the digest that its content has, as somebody would give it who changed the content: what is behind the digest must
 * be noticed all the same.
 */
export function withDigest<Content extends { readonly provenance: object }>(content: Content) {
  const { provenance } = content;
  const { digest: _, ...others } = provenance as { digest?: unknown };
  const text = canonicalJson({ ...content, provenance: others });
  return {
    ...content,
    provenance: { ...provenance, digest: createHash("sha256").update(text).digest("hex") },
  };
}
