import { fork } from 'node:child_process';
import process from 'node:process';
import { Worker } from 'node:worker_threads';
import { messageOf } from '../../../pipeline/index.ts';
import type { LaneReply, LaneWorker } from './lane.ts';

/** Small generations: what a worker allocates is short-lived, and three of them share the memory of one process. */
const LIMITS = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 256 };

/** The parent's own flags are none of its business: --experimental-vm-modules of the tests, say. */
const FLAGS = ['--disable-warning=ExperimentalWarning'];

/** A thread of this process. @param file the bundled worker. @param workerData what it starts with */
export function laneThread(file: string, workerData: unknown): LaneWorker {
  const worker = new Worker(file, { workerData, execArgv: FLAGS, resourceLimits: LIMITS });
  return {
    post: (asked, transfer) => worker.postMessage(asked, [...transfer]),
    onReply: (listener) => worker.on('message', listener),
    onEnd: (listener) => {
      worker.on('error', (error) => listener(messageOf(error)));
      worker.on('exit', (code) => listener(`it ended with code ${code}`));
    },
  };
}

/** A process of its own, which ends with this one. @param file the bundled worker. @param argument what it starts with, as JSON */
export function laneProcess(file: string, argument: unknown): LaneWorker {
  const child = fork(file, [JSON.stringify(argument)], {
    serialization: 'advanced',
    execArgv: FLAGS,
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  return {
    post: (asked) => {
      // Without the channel it ends. Where it is gone already, its end says so.
      if (asked !== null) child.send(asked, () => {});
      else if (child.connected) child.disconnect();
    },
    onReply: (listener) => child.on('message', (reply) => listener(reply as LaneReply)),
    onEnd: (listener) => {
      child.on('error', (error) => listener(messageOf(error)));
      child.on('exit', (code, signal) => listener(`it ended with ${signal ?? `code ${code}`}`));
    },
  };
}
