import type { Manifest, StoredArtifact } from '../../store/manifest.ts';
import { changedKeys } from '../find-changes.ts';
import type { WorkPair } from './diff-runs.ts';
import type { DataDiff, DataVersion } from './run-diff.ts';

/** Tables and source folders of a stage that are not the same on both sides. */
export function diffData(pair: WorkPair): DataDiff[] {
  return [...diffFolders(pair), ...diffTables(pair)];
}

function diffFolders({ stage, a, b }: WorkPair): DataDiff[] {
  const [old, now] = [a?.about?.folders ?? {}, b?.about?.folders ?? {}];
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].flatMap((input): DataDiff[] => {
    const [before, after] = [a?.parts.inputs[input] ?? null, b?.parts.inputs[input] ?? null];
    if (before === after) return [];
    const [oldFiles, nowFiles] = [old[input] ?? {}, now[input] ?? {}];
    const files = changedKeys(oldFiles, nowFiles).map((file) => ({
      file,
      change: !Object.hasOwn(oldFiles, file)
        ? ('added' as const)
        : Object.hasOwn(nowFiles, file)
          ? ('edited' as const)
          : ('removed' as const),
    }));
    return [
      {
        name: `${stage}.${input}`,
        kind: 'source',
        a: folderVersion(before),
        b: folderVersion(after),
        columnsAdded: [],
        columnsRemoved: [],
        files,
      },
    ];
  });
}

function folderVersion(digest: string | null): DataVersion | null {
  return digest === null ? null : { digest, bytes: null, rows: null, columns: null };
}

function diffTables({ stage, a, b }: WorkPair): DataDiff[] {
  const ports = [...new Set([...tablePorts(a), ...tablePorts(b)])];
  return ports.flatMap((port): DataDiff[] => {
    const [before, after] = [a?.outputs[port] ?? null, b?.outputs[port] ?? null];
    if (before?.digest === after?.digest) return [];
    const [old, now] = [before?.columns ?? {}, after?.columns ?? {}];
    const columnsAdded = before === null ? [] : Object.keys(now).filter((column) => !Object.hasOwn(old, column));
    const columnsRemoved = after === null ? [] : Object.keys(old).filter((column) => !Object.hasOwn(now, column));
    return [
      { name: `${stage}.${port}`, kind: 'table', a: tableVersion(before), b: tableVersion(after), columnsAdded, columnsRemoved, files: [] },
    ];
  });
}

function tablePorts(work: Manifest | null): string[] {
  return Object.entries(work?.outputs ?? {}).flatMap(([port, { kind }]) => (kind === 'table' ? [port] : []));
}

function tableVersion(artifact: StoredArtifact | null): DataVersion | null {
  if (artifact === null) return null;
  const { digest, bytes, rows, columns } = artifact;
  return { digest, bytes, rows: rows ?? null, columns: columns === undefined ? null : Object.keys(columns).length };
}
