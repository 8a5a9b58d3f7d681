/**
 * The child process that runs one stage's body: the same program whatever the executor. It reads a ChildOrder from its
 * standard input, answers on file descriptor 3, and ends its whole process group when its input closes: whoever killed the
 * parent, no orphan stays.
 */
import { serializeError, SluiceError, toSluiceError } from '../../errors/sluice-error.ts';
import type { StageResult, StageUsage } from '../../graph/stage-body.ts';
import { isDiskFull, toStoreError } from '../../store/store-error.ts';
import { loadFromText, loadDefault } from '../../util/load-default.ts';
import { createContext } from '../context/create-context.ts';
import { importPipeline } from '../project/import-pipeline.ts';
import type { ChildAnswer, ChildOrder } from './child-protocol.ts';
import { mapStacks } from './map-stacks.ts';
import { readOrder, send, watchParent } from './parent-line.ts';
import { guardReads, readTerms } from './read-guard.ts';
import { reviveStage } from './stage-declaration.ts';
import { storeOutputs } from './store-outputs.ts';

const abort = new AbortController();

async function runOrder(order: ChildOrder): Promise<ChildAnswer> {
  const stage = reviveStage(order.declaration, async () =>
    (await importPipeline(order.graphPath, 'the graph')).stages.find(({ name }) => name === order.stage),
  );
  const guard = stage.kind === 'effect' ? null : guardReads(readTerms(order));
  // Awaited also where it is at hand: a body's stack has none of Node's loader in it, which may read what it likes.
  const body = await (order.bodyText === null ? loadDefault(order.bodyPath) : loadFromText(order.bodyPath, order.bodyText.code));
  if (typeof body !== 'function') {
    throw new SluiceError('GRAPH_LOAD', `${order.bodySource} has no default export that is a function`, {
      hint: 'Write: export default run;',
      stage: stage.name,
    });
  }
  const { context, outputs, reads } = createContext(stage, order.assignment, (event) => send({ type: 'event', event }), abort.signal);
  const result = (await (body as (context: unknown) => Promise<StageResult>)(context)) ?? undefined;
  guard?.lift();
  abort.signal.throwIfAborted();
  const gate = result !== undefined && 'verdict' in result ? { verdict: result.verdict, rules: result.rules } : null;
  if (stage.kind === 'gate' && gate === null)
    throw new SluiceError('STAGE_FAILED', `gate "${stage.name}" ended without a verdict`, {
      hint: 'Return { verdict, rules } from its body.',
      stage: stage.name,
    });
  const stored = await storeOutputs(stage, outputs, {
    ...order,
    tempDir: order.assignment.tempDir,
    schemaDigests: order.declaration.schemaDigests,
  });
  const confirmed = result !== undefined && 'confirmed' in result && result.confirmed;
  return { outputs: stored, reads: reads.paths(), gate, confirmed, usage: ownUsage() };
}

function ownUsage(): StageUsage {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage(); // microseconds and KiB
  return { cpuSeconds: Math.round((userCPUTime + systemCPUTime) / 1e4) / 100, peakMemoryMb: Math.round(maxRSS * 0.001024) };
}

function failureOf(error: unknown, { stage, assignment }: ChildOrder): SluiceError {
  if (abort.signal.aborted) return new SluiceError('STAGE_CANCELLED', `stage "${stage}" was cancelled`, { stage });
  return isDiskFull(error) ? toStoreError(error, assignment.stagingDir) : toSluiceError(error, 'STAGE_FAILED', stage);
}

async function main(): Promise<void> {
  const order = readOrder();
  mapStacks(new Map(order.bodyText === null ? [] : [[order.bodyPath, order.bodyText.map]]));
  process.on('SIGTERM', () => abort.abort(new SluiceError('STAGE_CANCELLED', 'cancelled')));
  process.on('SIGINT', () => {});
  watchParent();
  try {
    const result = await runOrder(order);
    send({ type: 'done', result });
  } catch (error) {
    send({ type: 'error', error: serializeError(failureOf(error, order)) });
  }
  // The parent has its answer, and what the body wants done at the end comes before this: nothing is left that taking V8 down would save, 1.3 ms.
  process.once('exit', () => process.kill(process.pid, 'SIGKILL'));
  process.exit(0);
}

void main();
