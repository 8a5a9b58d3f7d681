import { SIGNAL_EXITS } from '../errors/signal-exits.ts';
import type { CliIo } from './cli-io.ts';

type Signal = keyof typeof SIGNAL_EXITS;

export interface SignalWatch {
  /** The exit code of the signal that came; null when none did. */
  exitCode(): number | null;
  stop(): void;
}

/** The first Ctrl-C, SIGTERM or SIGHUP aborts, so that stages end in order; the second ends the process, and its children with it. */
export function watchSignals(controller: AbortController, io: CliIo): SignalWatch {
  let came: Signal | null = null;
  const on = (signal: Signal) => (): void => {
    if (came !== null) process.exit(SIGNAL_EXITS[signal]);
    came = signal;
    io.say(`\n${io.paint.yellow('!')} ending the stages in order; ${signal === 'SIGINT' ? 'Ctrl-C' : signal} again kills\n`);
    controller.abort(signal);
  };
  const handlers = Object.entries({ SIGINT: on('SIGINT'), SIGTERM: on('SIGTERM'), SIGHUP: on('SIGHUP') });
  for (const [signal, handler] of handlers) process.on(signal, handler);
  return {
    exitCode: () => (came === null ? null : SIGNAL_EXITS[came]),
    stop: () => {
      for (const [signal, handler] of handlers) process.off(signal, handler);
    },
  };
}
