import { assertNever } from '../util/assert-never.ts';
import type { Change, FileChange } from './change.ts';

/** How many files a short sentence names. */
const NAMED = 2;

/** One change in a few words. */
export function changeSentence(change: Change): string {
  switch (change.kind) {
    case 'param':
      return `${change.key}: ${showValue(change.before)} → ${showValue(change.after)}`;
    case 'code':
      return `its code${change.files.length === 0 ? '' : ` (${nameFiles(change.files)})`}`;
    case 'outputs':
      return 'what it declares to write';
    case 'input':
      return `input ${change.input}${change.from === null ? '' : ` (${change.from})`}`;
    case 'package':
      return `package ${change.name}${packageText(change)}`;
    case 'native':
      return `native library ${change.library}`;
    case 'env':
      return `environment variable ${change.name} ${change.change}`;
    case 'runtime':
      return `runtime: ${change.before} → ${change.after}`;
    default:
      return assertNever(change);
  }
}

/** ` 1.0.0 → 1.1.0`, or what it depends on: ` (x 1.0.0 → 2.0.0)`. */
function packageText({ name, packages }: Extract<Change, { kind: 'package' }>): string {
  const [only] = packages;
  if (only === undefined) return ': its installed files, not its version';
  if (packages.length > 1) return '';
  const moved = `${only.before ?? 'not there'} → ${only.after ?? 'gone'}`;
  return only.place.endsWith(`node_modules/${name}`)
    ? ` ${moved}`
    : ` (${only.place.split('node_modules/').at(-1) ?? only.place} ${moved})`;
}

function nameFiles(files: readonly FileChange[]): string {
  const more = files.length - NAMED;
  return `${files.slice(0, NAMED).map(nameFile).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** `stages/lib/range.ts: range, step`. */
export function nameFile({ file, symbols, change }: FileChange): string {
  if (change !== 'edited') return `${file} ${change}`;
  const names = (symbols ?? []).map(({ name }) => name);
  const more = names.length - NAMED;
  return names.length === 0 ? file : `${file}: ${names.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

export function showValue(value: unknown): string {
  return value === undefined ? 'unset' : JSON.stringify(value);
}
