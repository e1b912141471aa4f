import type { Finding } from "./finding.ts";

/** Whether TensorFlow loads and computes, and how it is configured. */
export async function checkEngine(): Promise<Finding> {
  const name = "Engine";
  try {
    const { oneDnn, threads } = await import("../../engine/configure.ts");
    const { tf } = await import("../../engine/tensorflow.ts");
    const { nativeBackend } = await import("../../engine/native-backend.ts");
    const product = tf.tidy(() => tf.matMul([[2, 3]], [[5], [7]]).dataSync()[0]);
    if (product !== 31) throw new Error(`2 · 5 + 3 · 7 = ${product}`);
    const { binding } = nativeBackend();
    const device = binding.isUsingGpuDevice() ? "GPU" : "CPU";
    const detail = `TensorFlow ${binding.TF_Version} on the ${device}, ${threads} threads, oneDNN ${oneDnn ? "on" : "off"}`;
    return { name, status: "found", detail };
  } catch (error) {
    const detail = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    return { name, status: "missing", detail, remedy: "npm run setup" };
  }
}
