import type { Store } from '../../store/store.ts';
import type { ChildAnswer, ChildResult } from './child-protocol.ts';

/** Moves the small outputs that a child left in staging into the store. */
export async function placeStaged(answer: ChildAnswer, store: Store): Promise<ChildResult> {
  const placed = await Promise.all(
    Object.entries(answer.outputs).map(async ([port, output]) => {
      if (!('staged' in output)) return [port, output] as const;
      const { staged, ...described } = output;
      return [port, { ...described, ...(await store.putFile(staged, described.extension)) }] as const;
    }),
  );
  return { ...answer, outputs: Object.fromEntries(placed) };
}
