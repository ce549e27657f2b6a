// Loaded into every process that demo/local/process.ts starts. The starter holds the other end of file descriptor 3;
// it closes when the starter ends, however it ends, and then this process and what it started end too.
import { Socket } from "node:net";
import { isMainThread } from "node:worker_threads";

if (isMainThread) {
  const leash = new Socket({ fd: 3 });
  leash.on("error", () => {});
  leash.on("close", () => {
    end("SIGTERM");
    setTimeout(() => end("SIGKILL"), 3_000);
  });
  leash.resume();
  leash.unref(); // Holding the leash is no reason to stay alive.
}

function end(signal) {
  try {
    process.kill(-process.pid, signal);
  } catch {
    process.exit(1);
  }
}
