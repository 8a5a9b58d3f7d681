import type { CliIo } from './cli-io.ts';

/** 128 and the signal's number, as shells have it. A terminal that is closed sends SIGHUP. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
type Signal = keyof typeof EXIT_CODES;

export interface SignalWatch {
  /** The exit code of the signal that came; null when none did. */
  exitCode(): number | null;
  stop(): void;
}

/** The first Ctrl-C, SIGTERM or SIGHUP aborts, so that stages end in order; the second ends the process, and its children with it. */
export function watchSignals(controller: AbortController, io: CliIo): SignalWatch {
  let came: Signal | null = null;
  const on = (signal: Signal) => (): void => {
    if (came !== null) process.exit(EXIT_CODES[signal]);
    came = signal;
    io.say(`\n${io.paint.yellow('!')} ending the stages in order; ${signal === 'SIGINT' ? 'Ctrl-C' : signal} again kills\n`);
    controller.abort(signal);
  };
  const handlers = Object.entries({ SIGINT: on('SIGINT'), SIGTERM: on('SIGTERM'), SIGHUP: on('SIGHUP') });
  for (const [signal, handler] of handlers) process.on(signal, handler);
  return {
    exitCode: () => (came === null ? null : EXIT_CODES[came]),
    stop: () => {
      for (const [signal, handler] of handlers) process.off(signal, handler);
    },
  };
}
