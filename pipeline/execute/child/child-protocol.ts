import type { SerializedError } from '../../errors/sluice-error.ts';
import type { EventBody, GateRuleResult } from '../../events/event.ts';
import type { StageUsage } from '../../graph/stage-body.ts';
import type { ModuleText } from '../../fingerprint/body-code.ts';
import type { StoredArtifact } from '../../store/manifest.ts';
import type { Assignment } from '../context/create-context.ts';
import type { StageDeclaration } from './stage-declaration.ts';

/** The first line that a child reads from its standard input. The input then stays open; when it closes, the child ends its process group. */
export interface ChildOrder {
  readonly stage: string;
  readonly declaration: StageDeclaration;
  /** The graph's bundle: loaded only for the schema of a JSON artifact. */
  readonly graphPath: string;
  readonly bodyPath: string;
  /** What would lie there; null where it does. */
  readonly bodyText: ModuleText | null;
  /** The body's source file, for messages. */
  readonly bodySource: string;
  readonly artifactsDir: string;
  readonly assignment: Assignment;
}

/** A small output that the child checked and left in staging: its parent, which has the means loaded, hashes and places it. */
export interface StagedArtifact extends Omit<StoredArtifact, 'digest' | 'bytes'> {
  readonly staged: string;
}

/** A result as the child sends it. */
export interface ChildAnswer extends Omit<ChildResult, 'outputs'> {
  readonly outputs: Readonly<Record<string, StoredArtifact | StagedArtifact>>;
}

export interface ChildResult {
  readonly outputs: Readonly<Record<string, StoredArtifact>>;
  /** Dotted paths of the config keys that the body read. */
  readonly reads: readonly string[];
  readonly gate: { readonly verdict: 'passed' | 'rejected'; readonly rules: readonly GateRuleResult[] } | null;
  /** An effect found everything in place already. */
  readonly confirmed: boolean;
  readonly usage: StageUsage;
}

/** A message's line begins with it (start of text, 02), so that what a body writes to the descriptor by itself is taken for none. */
export const MESSAGE_START = '\u0002sluice ';

/** What a child writes to file descriptor 3, one JSON object a line, after {@link MESSAGE_START}. */
export type ChildMessage =
  | { readonly type: 'event'; readonly event: EventBody }
  | { readonly type: 'done'; readonly result: ChildAnswer }
  | { readonly type: 'error'; readonly error: SerializedError };
