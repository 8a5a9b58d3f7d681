import type { EventSink } from './event.ts';

/** Something that shows events; `close` puts the terminal or file in order. */
export interface Renderer {
  readonly sink: EventSink;
  close(): Promise<void>;
}

/** One sink that feeds several, in order. */
export function fanOut(sinks: readonly EventSink[]): EventSink {
  return (event) => {
    for (const sink of sinks) sink(event);
  };
}
