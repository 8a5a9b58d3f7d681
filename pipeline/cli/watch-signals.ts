import type { CliIo } from './cli-io.ts';

const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;
type Signal = keyof typeof EXIT_CODES;

export interface SignalWatch {
  /** The exit code of the signal that came; null when none did. */
  exitCode(): number | null;
  stop(): void;
}

/** The first Ctrl-C or SIGTERM aborts, so that stages end in order; the second ends the process, and its children with it. */
export function watchSignals(controller: AbortController, io: CliIo): SignalWatch {
  let came: Signal | null = null;
  const on = (signal: Signal) => (): void => {
    if (came !== null) process.exit(EXIT_CODES[signal]);
    came = signal;
    io.say(`\n${io.paint.yellow('!')} ending the stages in order; ${signal === 'SIGINT' ? 'Ctrl-C' : signal} again kills\n`);
    controller.abort(signal);
  };
  const handlers = { SIGINT: on('SIGINT'), SIGTERM: on('SIGTERM') };
  process.on('SIGINT', handlers.SIGINT);
  process.on('SIGTERM', handlers.SIGTERM);
  return {
    exitCode: () => (came === null ? null : EXIT_CODES[came]),
    stop: () => {
      process.off('SIGINT', handlers.SIGINT);
      process.off('SIGTERM', handlers.SIGTERM);
    },
  };
}
