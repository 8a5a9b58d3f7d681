/**
 * The process that writes projections: a table may be larger than what the engine's own process should hold. Its orders are the first line of
 * its input, a list as JSON; its answer is one line of JSON on standard output. It ends when its input closes: whoever killed the parent, no
 * orphan stays.
 */
import { writeSync } from 'node:fs';
import { serializeError, toSluiceError } from '../../errors/sluice-error.ts';
import { toStoreError } from '../../store/store-error.ts';
import type { ProjectionAnswer } from './project-in-child.ts';
import { type ProjectionOrder, writeProjection } from './write-projection.ts';

const [STDOUT, FAILED] = [1, 1];

async function main(orders: readonly ProjectionOrder[]): Promise<void> {
  const answers: ProjectionAnswer[] = [];
  for (const order of orders) {
    answers.push(
      await writeProjection(order).then(
        (written) => ({ written }),
        (error: unknown) => ({ error: serializeError(toSluiceError(toStoreError(error, order.target), 'INTERNAL', order.stage)) }),
      ),
    );
  }
  writeSync(STDOUT, JSON.stringify(answers));
  process.exit(0);
}

let heard = '';
process.stdin
  .setEncoding('utf8')
  .on('data', (text: string) => {
    if (heard.includes('\n')) return;
    heard += text;
    if (heard.includes('\n')) void main(JSON.parse(heard) as ProjectionOrder[]);
  })
  .on('end', () => process.exit(FAILED));
