import { expect, test } from '@jest/globals';
import { maskSource } from './mask-source.ts';
import { untrackedAccess } from './untracked-access.ts';

const found = (text: string, path = 'run.ts'): readonly string[] => untrackedAccess(path, text).map(({ what }) => what);

test.each([
  ['import of a computed name', 'await import(name)', 'import() of a name that is computed'],
  ['import of a name put together', 'await import(`./${name}.ts`)', 'import() of a name that is computed'],
  ['require of a computed name', 'const x = require(name);', 'require() of a name that is computed'],
  ['createRequire', "const r = createRequire(import.meta.url); r('x');", 'createRequire() loads modules that are not bundled'],
  [
    'a URL beside the source',
    "new URL('./rates.csv', import.meta.url)",
    "new URL('./rates.csv', import.meta.url) reaches a file beside the source",
  ],
  ['the folder of the source', "join(import.meta.dirname, 'x')", 'import.meta.dirname reaches a file beside the source'],
  [
    'a literal path',
    "import { readFile } from 'node:fs/promises';\nawait readFile('data/x.csv');",
    'readFile() of "data/x.csv", which is no input',
  ],
  ['another name for it', "import { readFileSync as slurp } from 'fs';\nslurp('x');", 'slurp() of "x", which is no input'],
  ['where the source lies, by hand', 'dirname(fileURLToPath(import.meta.url))', 'import.meta.url reaches a file beside the source'],
  ['where a module lies', "import.meta.resolve('./x.ts')", 'import.meta.resolve reaches a file beside the source'],
  [
    'a program that is given a file',
    "import { execFileSync } from 'node:child_process';\nexecFileSync('cat', ['-n', 'data/x.txt'], { encoding: 'utf8' });",
    'execFileSync() is given "data/x.txt", which is no input',
  ],
  [
    'a script',
    "const { spawn } = await import('child_process');\nspawn('python3', ['train.py', inputs.x.path]);",
    'spawn() is given "train.py", which is no input',
  ],
  [
    'a command line',
    "import * as cp from 'node:child_process';\ncp.execSync('sort < data/x.csv');",
    'execSync() is given "data/x.csv", which is no input',
  ],
  ['a worker', "import { Worker } from 'node:worker_threads';\nnew Worker('./w.js');", 'new Worker() runs a file that is not bundled'],
  ['a file in SQL in double quotes', `db.all("select * from read_csv('data/t.csv')")`, "SQL reads 'data/t.csv', which is no input"],
  [
    'a file in SQL in a template',
    "db.all(`select * from 'data/t.parquet' where a > ${a}`)",
    "SQL reads 'data/t.parquet', which is no input",
  ],
  ['a file in SQL behind escaped quotes', String.raw`db.all('from read_json(\'t.json\')')`, "SQL reads 't.json', which is no input"],
  [
    'the module as a whole',
    "import fs from 'node:fs';\nfs.promises.readFile(`x`, 'utf8');",
    'fs.promises.readFile() of "x", which is no input',
  ],
  [
    'a literal behind join and a constant',
    "import * as fs from 'node:fs';\nconst DIR = 'data';\nfs.readdirSync(join(process.cwd(), DIR, 'x'));",
    'fs.readdirSync() of "x/data", which is no input',
  ],
])('refuses %s', (_, text, what) => {
  expect(found(text)).toEqual([what]);
});

test.each([
  ['a literal import', "await import('./x.ts'); type T = typeof import('y');"],
  ['import in a comment or a string', "// import(name)\nconst s = 'import(name)'; /* require(x) */"],
  ['a path that is an input', "import { readFile } from 'node:fs/promises';\nawait readFile(inputs.raw.files['a.csv'] ?? '');"],
  [
    'a path built on an input',
    "import { readFile } from 'node:fs/promises';\nawait readFile(join(inputs.x.path, 'sub', 'a.txt'));\nawait readFile(inputs.folder.path + '/sub');",
  ],
  ['what is not of node:fs', "import { open } from './store.ts';\nopen('x'); db.open('y');"],
  ['what describes the machine', "import { readFileSync } from 'node:fs';\nreadFileSync('/proc/self/status');"],
  [
    'what its author allows',
    "import { readFileSync } from 'node:fs';\n// sluice-allow-untracked: the licence text is only printed\nreadFileSync('LICENSE');",
  ],
  [
    'a program that is given no file',
    "import { spawn } from 'node:child_process';\nspawn('/bin/sh', ['-c', 'sleep 60; exit 1.5'], { cwd: tempDir });\nspawn('sort', [inputs.x.path]);",
  ],
  ['SQL over an input', "db.all(`select * from read_csv('${inputs.x.path}')`); // from 'data.csv'"],
  ['words', 'log.info("it came from \'somewhere\'");'],
  ['a regular expression with quotes', "const quoted = /[\"'`]/.test(x) ? a / b / c : 1;\nconst t = 'ok';"],
])('leaves alone %s', (_, text) => {
  expect(found(text)).toEqual([]);
});

test('SQL may read inputs by name, not files by path', () => {
  expect(found("select * from read_csv('data/x.csv')", 'x.sql')).toEqual(["SQL reads 'data/x.csv', which is no input"]);
  expect(found("select * from 'x.parquet'", 'x.sql')).toEqual(["SQL reads 'x.parquet', which is no input"]);
  expect(found("-- from 'x'\nselect 'read_csv(' as a from input where extract(year from day) = $year", 'x.sql')).toEqual([]);
});

test('masking keeps every character at its place', () => {
  const text = "const a = `x ${b('}') + `y`} z`; // c\nconst d = /[/'\"]/g; /* e\n*/ f(a / 2, 'g\\'h');";
  const masked = maskSource(text);
  expect(masked.split('\n')).toEqual(["const a = `  ${b(' ') + ` `}  `;     ", 'const d = /     /g;     ', "   f(a / 2, '    ');"]);
});
