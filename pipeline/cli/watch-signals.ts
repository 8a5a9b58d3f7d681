import { SIGNAL_EXITS } from '../errors/signal-exits.ts';
import type { CliIo } from './cli-io.ts';

type Signal = keyof typeof SIGNAL_EXITS;

export interface SignalWatch {
  /** The exit code of the signal that came; null when none did. */
  exitCode(): number | null;
  stop(): void;
}

/**
 * The first Ctrl-C, SIGTERM or SIGHUP aborts, so that the command ends in order; the second ends the process, and its children with it.
 * @param ending what is done after the first, such as "ending the stages in order"
 */
export function watchSignals(controller: AbortController, { io, ending }: { readonly io: CliIo; readonly ending: string }): SignalWatch {
  let came: Signal | null = null;
  const on = (signal: Signal) => (): void => {
    if (came !== null) process.exit(SIGNAL_EXITS[signal]);
    came = signal;
    io.say(`\n${io.paint.yellow('!')} ${ending}; ${signal === 'SIGINT' ? 'Ctrl-C' : signal} again kills\n`);
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
