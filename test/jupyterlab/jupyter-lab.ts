import { spawn } from "node:child_process";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import { projectFolder } from "../../src/setup/project-folder.ts";
import { venvPython } from "../../src/setup/python-packages.ts";

/** JupyterLab's own questions and news, which no test is about. */
const silent = { fetchNews: "false", checkForUpdates: false, doNotDisturbMode: true };

/**
 * Starts a JupyterLab that serves a folder and keeps everything else of it below there, too.
 *
 * @param folder - empty; notebooks in it can import what the kit can.
 * @returns where its page is, with the token that it asks for; `stop` ends it and its kernels.
 */
export async function startJupyterLab(folder: string): Promise<{ url: URL; stop: () => Promise<void> }> {
  const settings = path.join(folder, ".config/lab/user-settings/@jupyterlab/apputils-extension");
  await mkdir(settings, { recursive: true });
  await writeFile(path.join(settings, "notification.jupyterlab-settings"), JSON.stringify(silent));
  await symlink(path.join(projectFolder, "node_modules"), path.join(folder, "node_modules"));
  const options = ["--no-browser", "--allow-root", "--ip=127.0.0.1", "--port=0"];
  const server = spawn(venvPython(projectFolder), ["-m", "jupyterlab", ...options], {
    cwd: folder,
    env: {
      ...process.env,
      JUPYTER_CONFIG_DIR: path.join(folder, ".config"),
      JUPYTER_DATA_DIR: path.join(folder, ".data"),
      JUPYTER_RUNTIME_DIR: path.join(folder, ".runtime"),
      JUPYTER_TOKEN: "test",
    },
    stdio: ["ignore", "ignore", "pipe"],
  });
  // Where the test ends without its last step, such as by a limit of time.
  process.once("exit", () => server.kill());
  const ended = new Promise<void>((resolve) => server.once("close", () => resolve()));
  const stop = () => {
    server.kill();
    return ended;
  };
  const said: string[] = [];
  return new Promise((resolve, reject) => {
    // Read to its end, for the server waits where nobody reads.
    createInterface(server.stderr).on("line", (line) => {
      said.push(line);
      const [url] = /http:\/\/127\.0\.0\.1:\d+\/lab/.exec(line) ?? [];
      if (url) resolve({ url: new URL(`${url}?token=test`), stop });
    });
    void ended.then(() => reject(new Error(`JupyterLab ended before it served:\n${said.join("\n")}`)));
  });
}
