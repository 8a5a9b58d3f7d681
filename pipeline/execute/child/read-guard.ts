import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SluiceError, type SourceLocation } from '../../errors/sluice-error.ts';
import { isAllowed } from '../../fingerprint/source-line.ts';
import { type StackFrame, stackFrames } from '../../util/stack-frames.ts';
import type { ChildOrder } from './child-protocol.ts';

export interface ReadTerms {
  readonly stage: string;
  readonly projectDir: string;
  /** Folders whose files a body may read: the store, its own folders, what engines are installed in. */
  readonly open: readonly string[];
  /** Folders of data from outside, and which files of them are inputs. */
  readonly folders: readonly { readonly folder: string; readonly files: ReadonlySet<string> }[];
}

/** A body may read its inputs, what it writes itself, and what engines are installed as. */
export function readTerms({ stage, bodyPath, assignment }: ChildOrder): ReadTerms {
  const { inputs, stagingDir, tempDir, run } = assignment;
  const given = Object.values(inputs).filter((input) => input !== null);
  return {
    stage,
    projectDir: run.projectDir,
    open: [
      stagingDir,
      tempDir,
      dirname(dirname(bodyPath)),
      join(run.projectDir, '.venv'),
      ...['SLUICE_XGBOOST', 'SLUICE_LIGHTGBM'].flatMap((name) => process.env[name] ?? []).map((path) => dirname(dirname(path))),
      ...given.flatMap((input) => ('files' in input ? [] : [input.path])),
    ],
    folders: given.flatMap((input) =>
      'files' in input && input.folder !== null ? [{ folder: input.folder, files: new Set(Object.values(input.files)) }] : [],
    ),
  };
}

/** Functions by which Node reads a file or lists a folder; the first argument is its path. */
const READS = [
  'readFile',
  'readFileSync',
  'createReadStream',
  'open',
  'openSync',
  'openAsBlob',
  'copyFile',
  'copyFileSync',
  'cp',
  'cpSync',
];
const LISTS = ['readdir', 'readdirSync', 'opendir', 'opendirSync'];

/**
 * Until it is lifted, a read, by this process's JavaScript, of a file of the project that is no input throws CODE_UNTRACKED with the line of
 * the source that asked for it. The rule about literal paths finds most of them before anything runs; this finds those whose
 * path is computed. Engines in native code are not seen.
 * @returns what lifts it, when the body has ended and its outputs are to be stored
 */
export function guardReads(terms: ReadTerms): { readonly lift: () => void } {
  let isOn = true;
  const fs = process.getBuiltinModule('node:fs');
  const { readFileSync } = fs;
  const readSource = (file: string): string => readFileSync(file, 'utf8');
  for (const module of [fs, fs.promises]) {
    for (const name of [...READS, ...LISTS]) {
      const real: unknown = Reflect.get(module, name);
      if (typeof real !== 'function') continue;
      const guarded = function (this: unknown, path: unknown, ...rest: readonly unknown[]): unknown {
        const file = pathOf(path);
        if (isOn && file !== null && !writes(name, rest[0]) && !isOpen(file, terms, LISTS.includes(name)))
          refuse(file, name, terms, readSource);
        return Reflect.apply(real, this, [path, ...rest]);
      };
      Object.assign(module, { [name]: guarded });
    }
  }
  process.getBuiltinModule('node:module').syncBuiltinESMExports();
  return { lift: () => void (isOn = false) };
}

function pathOf(path: unknown): string | null {
  if (typeof path === 'string') return resolve(path);
  if (path instanceof URL) return path.protocol === 'file:' ? fileURLToPath(path) : null;
  return Buffer.isBuffer(path) ? resolve(path.toString()) : null; // a number is a file that is open already
}

function writes(name: string, flags: unknown): boolean {
  return name.startsWith('open') && typeof flags === 'string' && /[wa]/.test(flags);
}

function isOpen(file: string, { projectDir, open, folders }: ReadTerms, lists: boolean): boolean {
  // First: the store may lie inside a folder of data, and with it the stage's own folders.
  if (open.some((folder) => isWithin(file, folder))) return true;
  const source = folders.find(({ folder }) => isWithin(file, folder));
  if (source !== undefined) return lists || source.files.has(file);
  return !isWithin(file, projectDir) || file.includes(`${sep}node_modules${sep}`);
}

function isWithin(file: string, folder: string): boolean {
  return file === folder || file.startsWith(folder + sep);
}

function refuse(file: string, call: string, { stage, projectDir }: ReadTerms, read: (file: string) => string): void {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 50;
  const stack = new Error('read').stack ?? '';
  Error.stackTraceLimit = stackTraceLimit;
  // Node loads the modules of packages with the same functions.
  if (/\(node:internal\/modules\//.test(stack)) return;
  const places = stackFrames(stack).flatMap((frame) => placeOf(frame, projectDir, read));
  if (places.some(({ allowed }) => allowed)) return;
  const at = places[0]?.at;
  throw new SluiceError(
    'CODE_UNTRACKED',
    `${call}() of ${relative(projectDir, file)}, which is no input of stage "${stage}": a change there would not be noticed`,
    {
      stage,
      hint: 'Declare a folderSource input that includes it and read it through inputs, or import the file (.ts, .json, .sql).',
      ...(at !== undefined && { at }),
    },
  );
}

/** The place of a frame, if it lies in the project's sources. */
function placeOf(
  { file, line, column }: StackFrame,
  projectDir: string,
  read: (file: string) => string,
): { readonly at: SourceLocation; readonly allowed: boolean }[] {
  if (!isWithin(file, projectDir) || file.includes(`${sep}node_modules${sep}`) || dirname(file).endsWith(`${sep}code`)) return [];
  try {
    const text = read(file);
    const lines = text.split('\n');
    const index = lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0);
    const at = { file, line, column, text: lines[line - 1] ?? '', length: 1 };
    return [{ at, allowed: isAllowed(text, index) }];
  } catch {
    return [];
  }
}
