/**
 * Preloaded into a run with NODE_OPTIONS=--import: ends it as kill -9 does, right before its Nth file operation in the artifacts
 * folder (KILL_AT); or stops it, as SIGSTOP does, right before it renames the file of that name (STOP_BEFORE_RENAMING); or counts the
 * operations and writes how many there were (COUNT_TO). Waiting for a moment by the clock would hardly ever hit the few
 * microseconds in which a commit happens.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { basename } from 'node:path';
import process from 'node:process';

const { KILL_AT, STOP_BEFORE_RENAMING, COUNT_TO, SLUICE_ARTIFACTS = '' } = process.env;
const killAt = Number(KILL_AT ?? Infinity);
let count = 0;

function before(name, path) {
  if (typeof path !== 'string' || !path.startsWith(SLUICE_ARTIFACTS)) return;
  count += 1;
  if (count === killAt) process.kill(process.pid, 'SIGKILL');
  if (name === 'rename' && basename(path) === STOP_BEFORE_RENAMING) process.kill(process.pid, 'SIGSTOP');
}

const NAMES = [
  'access',
  'chmod',
  'link',
  'mkdir',
  'open',
  'readdir',
  'readFile',
  'rename',
  'rm',
  'rmdir',
  'stat',
  'unlink',
  'utimes',
  'writeFile',
];
for (const name of NAMES) {
  const original = fs.promises[name];
  fs.promises[name] = (...args) => {
    before(name, args[0]);
    return original.apply(fs.promises, args);
  };
}
// A commit's short steps block; those that only look are no moments of their own.
for (const name of NAMES.filter((each) => !['access', 'readdir', 'readFile', 'stat'].includes(each))) {
  const original = fs[`${name}Sync`];
  fs[`${name}Sync`] = (...args) => {
    before(name, args[0]);
    return original.apply(fs, args);
  };
}
syncBuiltinESMExports();
if (COUNT_TO !== undefined) process.on('exit', () => fs.writeFileSync(COUNT_TO, String(count)));
