import { artifact, defineStage, folderSource } from 'sluice';
import { z } from 'zod';

const source = z.strictObject({ dir: z.string().default('data').describe('folder of the CSV files') });

export const reading = z.strictObject({ day: z.iso.date(), celsius: z.number(), kwh: z.number().min(0) });

export const readings = defineStage({
  name: 'readings',
  description: 'Reads the meter readings, one a day, and refuses a row that makes no sense',
  inputs: {
    /** Keyed by content: a file that is added, changed or removed makes this stage stale; one that is only touched does not. */
    files: folderSource({
      key: 'source.dir',
      locate: (config) => source.parse(config['source']).dir,
      include: (name) => name.endsWith('.csv'),
    }),
  },
  sections: { source },
  outputs: { rows: artifact.json(z.array(reading)) },
  run: () => import('./run.ts'),
});
