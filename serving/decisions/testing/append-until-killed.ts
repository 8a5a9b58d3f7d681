/** Appends decisions to the log named on the command line and says each one's id and hash on standard output once it is acknowledged, for ever. */
import { writeSync } from 'node:fs';
import process from 'node:process';
import { openLog } from '../open-log.ts';
import { sampleDecision } from './sample-decision.ts';

const log = await openLog(process.argv[2] ?? '');
for (;;) {
  const { id, hash } = await log.append(sampleDecision({ officer: `writer ${process.pid}` }));
  writeSync(1, `${id} ${hash}\n`);
}
