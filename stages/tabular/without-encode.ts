import { advisory, type Stage } from '../../pipeline/index.ts';
import { features } from '../features/stage.ts';
import { split } from '../split/stage.ts';

type Inputs = Stage['inputs'];

/** Where the tables come from that `encode` would have added columns to. */
const INSTEAD: Readonly<Record<string, Extract<Inputs[string], { type: 'port' }>>> = {
  development: split.out.development,
  holdout: split.out.holdout,
  unseen: features.out.table,
  catalogue: features.out.catalogue,
};

/** What only columns fitted on the book are made of. */
const LEFT_OUT: ReadonlySet<string> = new Set(['encode', 'ingest']);

/** The same stages in a graph that has no `encode`: they take what encode takes, and there is neither fitted state nor what it is for. */
export function withoutEncode(stages: readonly Stage[]): readonly Stage[] {
  return stages.map((stage) => ({
    ...stage,
    inputs: Object.fromEntries(
      Object.entries(stage.inputs).flatMap(([name, input]): [string, Inputs[string]][] => {
        const port = input.type === 'advisory' ? input.port : input;
        const instead = port.type === 'port' && port.stage === 'encode' ? INSTEAD[port.name] : undefined;
        if (input.type !== 'advisory') return [[name, instead ?? input]];
        if (instead !== undefined) return [[name, advisory(instead)]];
        return LEFT_OUT.has(input.port.stage) ? [] : [[name, input]];
      }),
    ),
  }));
}
