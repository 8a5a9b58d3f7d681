/**
 * The process that writes one projection: a table may be larger than what the engine's own process should hold. Its order is its first
 * argument, its answer one line of JSON on standard output. It ends when its input closes: whoever killed the parent, no orphan stays.
 */
import { writeSync } from 'node:fs';
import { serializeError, toSluiceError } from '../../errors/sluice-error.ts';
import { toStoreError } from '../../store/store-error.ts';
import { type ProjectionOrder, writeProjection } from './write-projection.ts';

const [STDOUT, FAILED] = [1, 1];

async function main(order: ProjectionOrder): Promise<void> {
  process.stdin.on('end', () => process.exit(FAILED)).resume();
  const answer = await writeProjection(order).then(
    (written) => ({ written }),
    (error: unknown) => ({ error: serializeError(toSluiceError(toStoreError(error, order.target), 'INTERNAL', order.stage)) }),
  );
  writeSync(STDOUT, JSON.stringify(answer));
  process.exit(0);
}

void main(JSON.parse(process.argv[2] ?? '') as ProjectionOrder);
