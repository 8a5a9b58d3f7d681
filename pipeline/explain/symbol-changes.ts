import { digestOf } from '../fingerprint/digest.ts';
import { fixLetterOrder } from '../fingerprint/letter-order.ts';
import { loadEsbuild } from '../fingerprint/load-esbuild.ts';

/** A top-level declaration of a module that is not what it was. */
export interface SymbolChange {
  readonly name: string;
  readonly change: 'added' | 'removed' | 'edited';
  /** Where it stands now (or stood, when removed); null where it cannot be told. */
  readonly line: number | null;
}

/**
 * Compares two texts of a module, declaration by declaration, as the bundler sees them: without comments, types, layout and
 * the names of locals. Empty when the edit was cosmetic; null when a text is no module (SQL, JSON) or does not compile.
 */
export async function symbolChanges(file: string, before: string, after: string): Promise<readonly SymbolChange[] | null> {
  if (!/\.[cm]?[jt]sx?$/.test(file)) return null;
  const [old, now] = await Promise.all([outline(file, before), outline(file, after)]);
  if (old === null || now === null) return null;
  const names = [...new Set([...now.keys(), ...old.keys()])].filter((name) => old.get(name) !== now.get(name));
  // a renamed declaration changes the list of exports too, which says nothing more
  const declared = names.filter((name) => name !== 'imports' && name !== 'exports');
  return (declared.length > 0 ? declared : names).map((name) => {
    const change = !old.has(name) ? 'added' : now.has(name) ? 'edited' : 'removed';
    return { name, change, line: lineOf(change === 'removed' ? before : after, name) };
  });
}

/** Declared name to the digest of its code; statements that declare nothing go by what they are. */
async function outline(file: string, text: string): Promise<ReadonlyMap<string, string> | null> {
  const { transform } = loadEsbuild();
  try {
    const { code } = await transform(text, {
      loader: /\.[cm]?tsx?$/.test(file) ? 'ts' : 'js',
      format: 'esm',
      target: 'esnext',
      charset: 'utf8',
      treeShaking: false,
      legalComments: 'none',
      // without multi-line templates, every line at the margin begins a statement
      supported: { 'template-literal': false },
      logLevel: 'silent',
    });
    const parts = new Map<string, string>();
    for (const statement of statements(code)) {
      const name = nameOf(statement);
      parts.set(name, `${parts.get(name) ?? ''}${await shape(statement)}`);
    }
    return new Map([...parts].map(([name, shapes]) => [name, digestOf(shapes)]));
  } catch {
    return null;
  }
}

function statements(code: string): readonly string[] {
  const found: string[] = [];
  for (const line of code.split('\n')) {
    if (/^[^\s})\]]/.test(line) || found.length === 0) found.push(line);
    else found.push(`${found.pop() ?? ''}\n${line}`);
  }
  return found.filter((statement) => statement.trim() !== '' && !/^var _(?:_\w+|\w)\b/.test(statement));
}

function nameOf(statement: string): string {
  if (/^(?:import\b|export\b(?!\s+default))/.test(statement)) return statement.startsWith('import') ? 'imports' : 'exports';
  const [, name] = /^(?:async )?(?:function\*?|class|const|let|var)\s+([\w$]+|[{[][^=]*?[}\]])/.exec(statement) ?? [];
  // what esbuild calls a default export without a name
  if (name === 'stdin_default') return 'default';
  return name?.replaceAll(/[{}[\]]/g, '').trim() ?? (statement.startsWith('export default') ? 'default' : 'top-level code');
}

/** A statement with short names for its locals: a renamed local leaves it the same. */
async function shape(statement: string): Promise<string> {
  if (/^(?:import|export \{|export \*)/.test(statement)) return statement;
  const { transform } = loadEsbuild();
  const plain = statement.replace(/^export default (?=async |\(|[\w$]+ =>)/, 'const __default = ');
  const shorten = async (code: string): Promise<string> =>
    (await transform(code, { minify: true, treeShaking: false, charset: 'utf8', logLevel: 'silent' })).code;
  try {
    const short = await shorten(plain);
    return await shorten(`${short}${fixLetterOrder(short)}`);
  } catch {
    return statement;
  }
}

function lineOf(text: string, name: string): number | null {
  const pattern =
    name === 'default'
      ? /\bexport\s+default\b/
      : /^[\w$]+$/.test(name)
        ? new RegExp(`\\b(?:function\\*?|class|const|let|var|enum)\\s+${name.replaceAll('$', '\\$')}(?![\\w$])`)
        : null;
  const found = pattern?.exec(text) ?? null;
  return found === null ? null : text.slice(0, found.index).split('\n').length;
}

/** The first line, from 1, at which two texts part. */
export function firstDifference(before: string, after: string): number {
  const [old, now] = [before.split('\n'), after.split('\n')];
  const at = now.findIndex((line, index) => line !== old[index]);
  return at < 0 ? now.length : at + 1;
}
