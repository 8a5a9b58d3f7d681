import type { SourceArchive } from '../../fingerprint/source-archive.ts';
import type { Manifest } from '../../store/manifest.ts';
import type { PackageChange } from '../change.ts';
import { changedFiles, changedKeys } from '../find-changes.ts';
import { refineFiles } from '../refine-code.ts';
import { diffData } from './diff-data.ts';
import { diffMetrics, type MetricsReader } from './diff-metrics.ts';
import type { CodeDiff, GateDiff, ParamDiff, RunDiff, RunMark } from './run-diff.ts';

/** A run with the finished work of each stage. */
export interface RunSide extends RunMark {
  readonly config: Readonly<Record<string, unknown>>;
  readonly works: ReadonlyMap<string, Manifest>;
}

export interface DiffOptions {
  readonly archive: SourceArchive;
  readonly readMetrics: MetricsReader;
}

/** Compares two runs: params, metrics, verdicts, data, code, packages and libraries. */
export async function diffRuns(a: RunSide, b: RunSide, { archive, readMetrics }: DiffOptions): Promise<RunDiff> {
  const both = [...new Set([...a.works.keys(), ...b.works.keys()])].map((stage) => ({
    stage,
    a: a.works.get(stage) ?? null,
    b: b.works.get(stage) ?? null,
  }));
  return {
    a: markOf(a),
    b: markOf(b),
    params: diffParams(a, b),
    metrics: (await Promise.all(both.map((pair) => diffMetrics(pair, readMetrics)))).flat(),
    gates: both.flatMap((pair): GateDiff[] => {
      const [before, after] = [pair.a?.gate?.verdict ?? null, pair.b?.gate?.verdict ?? null];
      return before === null && after === null ? [] : [{ stage: pair.stage, a: before, b: after }];
    }),
    data: both.flatMap((pair) => diffData(pair)),
    code: await diffCode(both, archive),
    packages: diffPackages(both),
    machine: diffMachine(both),
    onlyIn: {
      a: both.filter((pair) => pair.b === null).map(({ stage }) => stage),
      b: both.filter((pair) => pair.a === null).map(({ stage }) => stage),
    },
  };
}

/** The works of one stage in both runs. */
export interface WorkPair {
  readonly stage: string;
  readonly a: Manifest | null;
  readonly b: Manifest | null;
}

function markOf({ id, startedAt, exitCode, commit, dirty }: RunSide): RunMark {
  return { id, startedAt, exitCode, commit, dirty };
}

function diffParams(a: RunSide, b: RunSide): ParamDiff[] {
  const [old, now] = [leaves(a.config), leaves(b.config)];
  const reads = [...a.works.values(), ...b.works.values()].flatMap(({ stage, parts }) =>
    Object.keys(parts.params).map((key) => [stage, key] as const),
  );
  return changedKeys(old, now).map((key) => {
    const readBy = reads
      .filter(([, read]) => read === key || (read.endsWith('.*') && key.startsWith(read.slice(0, -1))))
      .map(([stage]) => stage);
    return { key, a: old[key] ?? null, b: now[key] ?? null, readBy: [...new Set(readBy)] };
  });
}

function leaves(value: Readonly<Record<string, unknown>>, prefix = ''): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]): [string, unknown][] =>
      isMap(inner) ? Object.entries(leaves(inner, `${prefix}${key}.`)) : [[`${prefix}${key}`, inner]],
    ),
  );
}

async function diffCode(pairs: readonly WorkPair[], archive: SourceArchive): Promise<CodeDiff[]> {
  const found = new Map<string, CodeDiff>();
  for (const { stage, a, b } of pairs) {
    if (a === null || b === null) continue;
    for (const change of await refineFiles(changedFiles(a, b), { before: a, after: b, archive })) {
      found.set(change.file, { ...change, stages: [...(found.get(change.file)?.stages ?? []), stage] });
    }
  }
  return [...found.values()].toSorted((x, y) => (x.file < y.file ? -1 : 1));
}

function diffPackages(pairs: readonly WorkPair[]): PackageChange[] {
  const found = new Map<string, PackageChange>();
  for (const { a, b } of pairs) {
    const [old, now] = [a?.about?.packages, b?.about?.packages];
    if (old === undefined || now === undefined) continue;
    for (const place of changedKeys(old, now)) {
      if (Object.hasOwn(old, place) && Object.hasOwn(now, place))
        found.set(place, { place, before: old[place] ?? null, after: now[place] ?? null });
    }
  }
  return [...found.values()].toSorted((x, y) => (x.place < y.place ? -1 : 1));
}

function diffMachine(pairs: readonly WorkPair[]): RunDiff['machine'] {
  const found = new Map<string, RunDiff['machine'][number]>();
  for (const { a, b } of pairs) {
    if (a === null || b === null) continue;
    for (const library of changedKeys(a.parts.native, b.parts.native)) {
      found.set(library, { what: library, a: libraryText(a, library), b: libraryText(b, library) });
    }
    if (a.parts.runtime.node !== b.parts.runtime.node)
      found.set('Node', { what: 'Node', a: a.parts.runtime.node, b: b.parts.runtime.node });
  }
  return [...found.values()];
}

function libraryText({ parts, about }: Manifest, library: string): string | null {
  const bytes = parts.native[library];
  return bytes === undefined ? null : `${about?.native[library] ?? ''} ${bytes.slice(0, 19)}`.trim();
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
