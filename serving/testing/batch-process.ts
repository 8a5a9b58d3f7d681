/** Scores a batch in a process of its own, for the tests that kill one: options come on standard input, notes go out as lines. */
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { type BatchOptions, scoreBatch } from '../batch/score-batch.ts';

const options = JSON.parse(await text(process.stdin)) as Omit<BatchOptions, 'signal' | 'onNote'>;
await scoreBatch({ ...options, signal: new AbortController().signal, onNote: (note) => process.stdout.write(`${note}\n`) });
