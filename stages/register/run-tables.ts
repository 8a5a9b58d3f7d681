import type { RunAccount } from '../../pipeline/index.ts';
import type { Verdict } from '../gate/stage.ts';
import { outcome } from '../gate/verdict-markdown.ts';

export interface RunTable {
  readonly path: string;
  readonly columns: readonly string[];
  readonly data: readonly (readonly (string | number | null)[])[];
}

/** What a reviewer reads as tables: the rules of the gate, and how each stage came by its outputs. */
export function runTables(facts: {
  readonly verdict: Verdict | null;
  readonly account: RunAccount | undefined;
  readonly run: string;
}): readonly RunTable[] {
  const { verdict, account, run } = facts;
  return [...(verdict === null ? [] : [gateTable(verdict)]), ...(account === undefined ? [] : [stageTable(account, run)])];
}

/** The tag by which MLflow shows such files as tables. */
export function tableTag(tables: readonly RunTable[]): Record<string, string> {
  return tables.length === 0 ? {} : { 'mlflow.loggedArtifacts': JSON.stringify(tables.map(({ path }) => ({ path, type: 'table' }))) };
}

function gateTable({ rules }: Verdict): RunTable {
  return {
    path: 'tables/gate_rules.json',
    columns: ['rule', 'result', 'value', 'limit', 'reason', 'waived by'],
    data: rules.map((rule) => [rule.rule, outcome(rule), rule.value, rule.limit, rule.reason, rule.waiver?.author ?? null]),
  };
}

function stageTable({ stages }: RunAccount, run: string): RunTable {
  return {
    path: 'tables/stages.json',
    columns: ['stage', 'outcome', 'made by run', 'finished at', 'seconds', 'cpu seconds', 'peak memory MB'],
    data: stages.map(({ stage, outcome: how, madeBy, finishedAt, durationMs, usage }) => [
      stage,
      how,
      madeBy === run ? 'this run' : madeBy,
      finishedAt,
      durationMs / 1000,
      usage?.cpuSeconds ?? null,
      usage?.peakMemoryMb ?? null,
    ]),
  };
}
