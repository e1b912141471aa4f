import { availableParallelism } from "node:os";
import test from "ava";
import { runScript } from "../support/run-script.ts";

const useTensorFlow = `
  const { tf } = await import("./engine/tensorflow.ts");
  console.log(tf.tidy(() => tf.add(1, 2).arraySync()));
`;
const readSettings = `
  const { threads, oneDnn } = await import("./engine/configure.ts");
  const { env } = process;
  const passedOn = [env.TF_NUM_INTRAOP_THREADS, env.TF_NUM_INTEROP_THREADS, env.OMP_NUM_THREADS, env.TF_ENABLE_ONEDNN_OPTS];
  console.log(JSON.stringify({ threads, oneDnn, passedOn }));
`;

test("engine: starting TensorFlow prints nothing", (t) => {
  t.deepEqual(runScript(useTensorFlow, { TF_CPP_MIN_LOG_LEVEL: undefined }), {
    status: 0,
    stdout: "3\n",
    stderr: "",
  });
});

test("engine: TF_CPP_MIN_LOG_LEVEL=0 brings TensorFlow's messages back", (t) => {
  const { stdout, stderr } = runScript(useTensorFlow, {
    TF_CPP_MIN_LOG_LEVEL: "0",
    TF_ENABLE_ONEDNN_OPTS: "1",
  });
  t.is(stdout, "3\n");
  t.regex(stderr, /oneDNN custom operations are on/);
});

for (const wrong of ["0", "two", "1.5", "-1"]) {
  test(`engine: H2T_THREADS=${wrong} is an error`, (t) => {
    const { status, stdout, stderr } = runScript(readSettings, { H2T_THREADS: wrong });
    t.is(status, 1);
    t.is(stdout, "");
    t.true(stderr.includes(`got "${wrong}";`) && /UsageError: .*H2T_THREADS/.test(stderr), stderr);
  });
}

test("engine: threads and oneDNN reach the library as they are reported", (t) => {
  const settings = (environment: Record<string, string>) =>
    JSON.parse(runScript(readSettings, environment).stdout);
  const cores = availableParallelism();
  t.deepEqual(settings({ H2T_THREADS: "", TF_ENABLE_ONEDNN_OPTS: "" }), {
    threads: cores,
    oneDnn: true,
    passedOn: [`${cores}`, `${cores}`, `${cores}`, "1"],
  });
  t.deepEqual(settings({ H2T_THREADS: "1", TF_ENABLE_ONEDNN_OPTS: "0" }), {
    threads: 1,
    oneDnn: false,
    passedOn: ["1", "1", "1", "0"],
  });
});
