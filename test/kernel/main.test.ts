import { spawn, spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import test from "ava";
import { projectFolder } from "../../src/setup/project-folder.ts";
import { temporaryFolder } from "../support/class-folders.ts";

const remedy = "let Jupyter start the kernel: .venv/bin/python -m jupyterlab";

/** How a kernel ends that cannot start. */
function refused(...args: readonly string[]) {
  const main = path.join(projectFolder, "dist/kernel/main.js");
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    encoding: "utf8",
    timeout: 20_000,
  });
  return { status, said: stdout + stderr };
}

test("kernel process: without engine or connection file it says how it is started", (t) => {
  t.deepEqual(refused("--engine", "tslap", "file"), {
    status: 2,
    said: 'h2t kernel: a kernel is started with --engine own or tslab and a connection file, got "--engine tslap file"; let Jupyter start it: .venv/bin/python -m jupyterlab\n',
  });
});

test("kernel process: names a connection file that is not there", (t) => {
  t.deepEqual(refused("--engine", "own", "/nowhere/kernel.json"), {
    status: 2,
    said: `h2t kernel: a kernel needs Jupyter's connection file, got /nowhere/kernel.json (ENOENT: no such file or directory, open '/nowhere/kernel.json'); ${remedy}\n`,
  });
});

const connection = {
  ip: "127.0.0.1",
  key: "k",
  shell_port: 1,
  iopub_port: 2,
  stdin_port: 3,
  control_port: 4,
};

test("kernel process: says what is wrong with a connection file", async (t) => {
  const file = path.join(await temporaryFolder(t), "kernel.json");
  await writeFile(file, JSON.stringify({ ...connection, hb_port: 70_000, signature_scheme: "hmac-md5" }));
  const { status, said } = refused("--engine", "own", file);
  t.is(status, 1);
  t.is(
    said,
    `h2t kernel: ${file} must hold address, five ports and key as JSON, got hb_port: Too big: expected number to be <=65535; signature_scheme: Invalid input: expected "hmac-sha256"; ${remedy}\n`,
  );
  await writeFile(file, "no JSON");
  t.regex(refused("--engine", "own", file).said, /as JSON, got content: Invalid input: expected object/);
});

test("kernel process: ends when a port is taken", async (t) => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.teardown(() => server.close());
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const file = path.join(await temporaryFolder(t), "kernel.json");
  await writeFile(file, JSON.stringify({ ...connection, shell_port: port, hb_port: 5 }));
  t.deepEqual(refused("--engine", "own", file), {
    status: 1,
    said: `h2t kernel: the kernel binds the address of its connection file, got 127.0.0.1:${port} (Address already in use); let Jupyter start the kernel anew\n`,
  });
});

/** Ports that nothing listens on. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      return server;
    }),
  );
  const ports = servers.map((server) => Number(Reflect.get(Object(server.address()), "port")));
  for (const server of servers) server.close();
  return ports;
}

for (const [name, part, words] of [
  ["an empty key", { key: "" }, [/has no key/]],
  ["the address of every network", { ip: "0.0.0.0" }, [/listening on 0\.0\.0\.0/]],
  ["both", { key: "", ip: "0.0.0.0" }, [/has no key/, /listening on 0\.0\.0\.0/]],
] as const) {
  test(`kernel process: warns of ${name}`, async (t) => {
    const file = path.join(await temporaryFolder(t), "kernel.json");
    const [shell_port, iopub_port, stdin_port, control_port, hb_port] = await freePorts(5);
    const ports = { shell_port, iopub_port, stdin_port, control_port, hb_port };
    await writeFile(file, JSON.stringify({ ...connection, ...ports, ...part }));
    const main = path.join(projectFolder, "dist/kernel/main.js");
    const kernel = spawn(process.execPath, [main, "--engine", "own", file], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    t.teardown(() => kernel.kill("SIGKILL"));
    let said = "";
    await new Promise<void>((resolve) => {
      kernel.stderr.setEncoding("utf8").on("data", (text: string) => {
        said += text;
        if (words.every((word) => word.test(said))) resolve();
      });
      kernel.once("exit", () => resolve());
    });
    t.is(said.trim().split("\n").length, words.length);
    for (const word of words) t.regex(said, word);
  });
}
