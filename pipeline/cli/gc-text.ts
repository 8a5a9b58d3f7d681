import type { Collection } from '../execute/collect/collect-garbage.ts';
import type { StoreSizes } from '../execute/collect/store-sizes.ts';
import type { JudgedObject } from '../execute/collect/stored-object.ts';
import { formatBytes, plural } from '../util/format.ts';
import type { Paint } from '../util/paint.ts';

/** A digest is told from others by its first characters. */
const NAME_CHARS = 40;

/** A line an object, those that live first: what it is, how large, and why it lives or dies. */
export function gcObjectsText(objects: readonly JudgedObject[], paint: Paint): string {
  const width = Math.max(0, ...objects.map(({ name }) => Math.min(name.length, NAME_CHARS)));
  return objects
    .toSorted((a, b) => Number(b.lives) - Number(a.lives))
    .map(({ kind, name, bytes, lives, reason }) => {
      const verdict = lives ? paint.green('lives') : paint.yellow('dies ');
      const shown = name.length > NAME_CHARS ? `${name.slice(0, NAME_CHARS - 1)}…` : name;
      return `${verdict}  ${kind.padEnd(10)}  ${shown.padEnd(width)}  ${formatBytes(bytes).padStart(9)}  ${reason}\n`;
    })
    .join('');
}

export function gcSummary({ objects, removed }: Collection): string {
  const dying = objects.filter(({ lives }) => !lives);
  const stay = `${plural(objects.length - dying.length, 'object')} stay`;
  if (removed === null)
    return `${plural(dying.length, 'object')} would go and free ${formatBytes(dying.reduce((sum, { bytes }) => sum + bytes, 0))}; ${stay}\n`;
  const spared = removed.spared === 0 ? '' : `; ${plural(removed.spared, 'object')} spared, as somebody began to use them`;
  return `${plural(removed.objects, 'object')} gone, ${formatBytes(removed.bytes)} freed; ${stay}${spared}\n`;
}

/** Space on disk by stage and by folder. */
export function sizesText({ stages, folders, total }: StoreSizes, paint: Paint): string {
  const rows = stages.map(({ stage, latest, older, records }) => [
    stage,
    formatBytes(latest),
    formatBytes(older),
    plural(records, 'record'),
  ]);
  const table = [['stage', 'last good', 'older', ''], ...rows];
  const widths = [0, 1, 2].map((column) =>
    Math.max(...[...table, ...Object.keys(folders).map((name) => [name])].map((row) => row[column]?.length ?? 0)),
  );
  const lines = table.map(([name = '', latest = '', older = '', records = ''], index) => {
    const line =
      `${name.padEnd(widths[0] ?? 0)}  ${latest.padStart(widths[1] ?? 0)}  ${older.padStart(widths[2] ?? 0)}  ${records}`.trimEnd();
    return index === 0 ? paint.dim(line) : line;
  });
  const rest = Object.entries(folders).map(
    ([name, bytes]) => `${name.padEnd(widths[0] ?? 0)}  ${formatBytes(bytes).padStart(widths[1] ?? 0)}`,
  );
  return `${[...lines, '', ...rest, '', `${'in all'.padEnd(widths[0] ?? 0)}  ${formatBytes(total).padStart(widths[1] ?? 0)}`].join('\n')}\n`;
}
