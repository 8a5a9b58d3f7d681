import { availableParallelism, totalmem } from 'node:os';
import type { Stage } from '../../graph/stage.ts';
import { parseMemoryMb } from '../../util/parse-quantity.ts';

/** What stages that run at once share. */
export interface Budget {
  readonly cpus: number;
  /** In mebibytes. */
  readonly memoryMb: number;
}

/** Share of the machine's memory that stages may be promised; the rest is for the system, the parent and page cache. */
const MEMORY_SHARE = 0.8;

let known: Budget | null = null;

/** This machine's budget, or its container's where that is smaller: asked once, since the system reads its own files for it, 0.2 ms. */
export function machineBudget(): Budget {
  return (known ??= askMachine());
}

function askMachine(): Budget {
  const limit = process.constrainedMemory();
  const bytes = limit > 0 ? Math.min(limit, totalmem()) : totalmem();
  return { cpus: availableParallelism(), memoryMb: Math.floor((bytes / 2 ** 20) * MEMORY_SHARE) };
}

/** What a stage takes of a budget: what it declares, and at most all. */
export function demandOf({ resources }: Pick<Stage, 'resources'>, budget: Budget): Budget {
  return { cpus: Math.min(resources.cpus, budget.cpus), memoryMb: Math.floor(Math.min(parseMemoryMb(resources.memory), budget.memoryMb)) };
}
