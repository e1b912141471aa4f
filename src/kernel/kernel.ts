import { setTimeout as delay } from "node:timers/promises";
import { answers } from "./answers.ts";
import { captureOutput } from "./capture-output.ts";
import { Cells } from "./cells.ts";
import { History } from "./history.ts";
import type { LanguageEngine } from "./language-engine.ts";
import { offerUninterrupted } from "./offer-uninterrupted.ts";
import { allowTermination } from "./protocol/async-checks.ts";
import { readConnectionFile } from "./protocol/connection-file.ts";
import type { Request } from "./protocol/message.ts";
import { takeOutputDescriptors, writeToTerminal } from "./protocol/output-descriptors.ts";
import type { Arrival } from "./protocol/posts.ts";
import { startProtocolThread } from "./protocol/protocol-thread.ts";
import { contents } from "./request-contents.ts";
import { RequestQueue } from "./request-queue.ts";

/** Milliseconds that an engine has to end. */
const disposalLimit = 500;

/**
 * Makes this process a Jupyter kernel: front ends connect to the addresses in the connection file, and a language engine runs what
 * they ask. It ends when a front end shuts it down.
 *
 * @param connectionFile - as Jupyter hands it to kernels.
 * @param loading - the engine; requests wait for it.
 * @throws {UsageError} if the connection file cannot be read.
 * @throws {FailureError} if it is none.
 * @example startKernel(connectionFile, typescriptEngine());
 */
export function startKernel(connectionFile: string, loading: Promise<LanguageEngine>): void {
  const history = new History();
  const resumeAsyncChecks = allowTermination();
  const connection = readConnectionFile(connectionFile);
  const output = takeOutputDescriptors();
  const thread = startProtocolThread(connection, output, receive, fail);
  offerUninterrupted(thread.state);
  const cells = new Cells(thread, history);
  const queue = new RequestQueue(handle);
  captureOutput((name, text) => cells.print(name, text));
  loading.catch(fail);

  function receive(arrival: Arrival): void {
    if (arrival.kind === "request") queue.add(arrival.request);
    else if (arrival.kind === "input") cells.takeLine(arrival.request);
    else if (arrival.kind === "interrupt") cells.interrupt(arrival.number);
    else if (arrival.kind === "terminated") noteTerminated();
    else void end();
  }

  function noteTerminated(): void {
    resumeAsyncChecks();
    cells.noteTerminated();
  }

  async function handle(request: Request, isAborted: boolean): Promise<void> {
    const { header } = request;
    thread.publish(header, "status", { execution_state: "busy" });
    try {
      await answer(request, isAborted);
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      const content = { status: "error", ename: name, evalue: message, traceback: [] };
      thread.reply(request, header.msg_type.replace("request", "reply"), content);
    }
    thread.publish(header, "status", { execution_state: "idle" });
  }

  async function answer(request: Request, isAborted: boolean): Promise<void> {
    const { header, content } = request;
    const known = answers.get(header.msg_type);
    if (known) {
      const reply = await known(content, { engine: await loading, history });
      thread.reply(request, header.msg_type.replace("request", "reply"), reply);
    } else if (header.msg_type === "comm_open") {
      // Nothing here takes comms, and such are closed at once.
      const { comm_id } = contents.commOpen.parse(content);
      thread.publish(header, "comm_close", { comm_id, data: {} });
    } else if (header.msg_type === "execute_request") {
      if (isAborted) thread.reply(request, "execute_reply", { status: "aborted" });
      else if (!(await cells.run(request, await loading))) queue.abortWaiting();
    }
  }

  async function end(): Promise<never> {
    await Promise.race([loading.then((engine) => engine.dispose()), delay(disposalLimit)]);
    process.exit(0);
  }

  function fail(error: Error): never {
    writeToTerminal(`h2t kernel: ${error.message}\n`, output?.terminal);
    process.exit(1);
  }
}
