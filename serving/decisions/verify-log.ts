import { type ChainHead, chainHash, GENESIS, type LogRow } from './chain.ts';
import type { DecisionLog } from './decision-log.ts';

export interface Finding {
  /** Of the decision; null where it is about the log. */
  readonly id: number | null;
  readonly kind: 'changed' | 'removed' | 'reordered' | 'unprotected';
  readonly message: string;
}

export interface Verification {
  readonly intact: boolean;
  readonly decisions: number;
  readonly head: ChainHead;
  /** By id; at most {@link MOST_FINDINGS}. */
  readonly findings: readonly Finding[];
}

const ROWS_AT_ONCE = 500;
export const MOST_FINDINGS = 1000;

/**
 * Reads the whole chain and names every row that is not as it was logged.
 * @param expected a head that was noted earlier: without one, a log that was rewritten from some row to its end, hashes and head included, looks
 * like one that was always so
 */
export async function verifyLog(log: DecisionLog, expected?: ChainHead): Promise<Verification> {
  const guards = await log.missingGuards();
  const chain = new ChainReader(expected);
  await chain.readOn(log);
  const head = await log.head();
  // What was logged before that head is there by now, and what is there by now stands under the next one.
  await chain.readOn(log);
  const later = await log.head();
  const findings = [
    ...guards.map((name): Finding => ({ id: null, kind: 'unprotected', message: `the database’s guard "${name}" is gone` })),
    ...chain.findings(head, later),
  ];
  return { intact: findings.length === 0, decisions: chain.count, head, findings: findings.slice(0, MOST_FINDINGS) };
}

class ChainReader {
  count = 0;
  readonly #expected: ChainHead | undefined;
  readonly #found: Finding[] = [];
  /** Ids that bodies say, and the highest. */
  readonly #seen = new Set<number>();
  #highest = 0;
  readonly #hashes = new Map<number, string>();
  #last: LogRow & { readonly sound: boolean } = { ...GENESIS, body: '', previousHash: '', sound: true };

  constructor(expected: ChainHead | undefined) {
    this.#expected = expected;
  }

  async readOn(log: DecisionLog): Promise<void> {
    for (;;) {
      const rows = await log.rows(this.#last.id, ROWS_AT_ONCE);
      for (const row of rows) this.#read(row);
      if (rows.length === 0) return;
    }
  }

  findings(head: ChainHead, later: ChainHead): readonly Finding[] {
    const last = Math.max(head.id, this.#expected?.id ?? 0, this.#highest);
    for (let id = 1; id <= last && this.#found.length < MOST_FINDINGS; id++)
      if (!this.#seen.has(id)) this.#say(id, 'removed', 'it is not in the log any more');
    this.#checkHeads(head, later);
    return this.#found.toSorted((left, right) => (left.id ?? 0) - (right.id ?? 0));
  }

  #read(row: LogRow): void {
    this.count++;
    const own = idOf(row.body);
    this.#seen.add(own ?? row.id);
    this.#highest = Math.max(this.#highest, own ?? row.id);
    this.#hashes.set(row.id, row.hash);
    const sound = this.#isSound(row, own);
    const follows = sound && this.#last.sound && row.id === this.#last.id + 1;
    // Each in itself as logged, one after the other, and still not linked: the first was rewritten with its hash.
    if (follows && row.previousHash !== this.#last.hash) {
      if (this.#last.id === GENESIS.id) this.#say(row.id, 'changed', 'it is not the first that was logged');
      else this.#say(this.#last.id, 'changed', `it was rewritten together with its hash: decision ${row.id} follows another one`);
    }
    this.#last = { ...row, sound };
  }

  #isSound(row: LogRow, own: number | null): boolean {
    if (chainHash(row.previousHash, row.body) !== row.hash) {
      this.#say(row.id, 'changed', 'its content does not give the hash that it was logged with');
      return false;
    }
    if (own === row.id) return true;
    this.#say(row.id, 'reordered', `what stands there was logged as decision ${own ?? 'without a number'}`);
    return false;
  }

  #checkHeads(head: ChainHead, later: ChainHead): void {
    const rewritten = 'it was rewritten together with its hash';
    const stored = this.#hashes.get(head.id);
    if (stored !== undefined && stored !== head.hash) this.#say(head.id, 'changed', `${rewritten}: the head of the log is another one`);
    if (later.id < this.#last.id)
      this.#say(null, 'unprotected', `the head of the log says that ${later.id} decisions were logged; there are ${this.#last.id}`);
    if (this.#expected === undefined) return;
    const noted = this.#hashes.get(this.#expected.id);
    if (noted !== undefined && noted !== this.#expected.hash)
      this.#say(this.#expected.id, 'changed', `its hash is not the one that was noted: it, or one before it, was rewritten`);
  }

  #say(id: number | null, kind: Finding['kind'], message: string): void {
    if (this.#found.length < MOST_FINDINGS) this.#found.push({ id, kind, message });
  }
}

/** The number that a body says it has; null where it is no entry. */
function idOf(body: string): number | null {
  try {
    const entry: unknown = JSON.parse(body);
    return typeof entry === 'object' && entry !== null && 'id' in entry && Number.isSafeInteger(entry.id) ? Number(entry.id) : null;
  } catch {
    return null;
  }
}
