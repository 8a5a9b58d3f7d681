/**
 * Writes what is made from the code: pages and JSON Schemas of docs/reference, configs/schema.json.
 * With --check it writes nothing and ends with 1 where a file is not what the code says.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { z } from 'zod';
import { commands } from '../pipeline/cli/command-table.ts';
import { configSchema } from '../pipeline/config/config-schema.ts';
import { planFileJsonSchema } from '../pipeline/execute/contract/plan-file-schema.ts';
import { lockJsonSchema } from '../pipeline/lock/lock-schema.ts';
import { endpoints } from '../serving/api/endpoints/all.ts';
import { openApi } from '../serving/api/open-api.ts';
import { driftPolicy } from '../stages/drift/command/policy.ts';
import { driftSchema } from '../stages/drift/drift-schema.ts';
import { gateFile } from '../stages/gate/rules/rule-file.ts';
import { pipeline } from '../stages/index.ts';
import { pipeline as tabular } from '../stages/tabular/index.ts';
import { contractSchema } from '../stages/validate/contract/contract-schema.ts';
import { eventJsonSchema } from '../pipeline/events/event-schema.ts';
import { cliPage } from './docs/cli-page.ts';
import { configPage } from './docs/config-page.ts';
import { eventsPage } from './docs/events-page.ts';
import { featuresPage } from './docs/features-page.ts';

const jsonSchema = (title: string, schema: z.ZodObject): string =>
  `${JSON.stringify({ title, ...z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) }, null, 2)}\n`;
const files: Readonly<Record<string, string>> = {
  'docs/reference/cli.md': await cliPage(commands, pipeline.commands ?? []),
  'docs/reference/config.md': configPage(pipeline),
  'docs/reference/features.md': featuresPage(),
  'docs/reference/events.md': eventsPage(),
  'docs/reference/events.schema.json': `${JSON.stringify(eventJsonSchema(), null, 2)}\n`,
  'docs/reference/plan.schema.json': `${JSON.stringify(planFileJsonSchema(), null, 2)}\n`,
  'docs/reference/lock.schema.json': `${JSON.stringify(lockJsonSchema(), null, 2)}\n`,
  'configs/schema.json': jsonSchema(`Config of the ${pipeline.name} pipeline`, configSchema(pipeline)),
  'configs/tabular.schema.json': jsonSchema(`Config of the ${tabular.name} pipeline`, configSchema(tabular)),
  'configs/contracts/schema.json': jsonSchema('Data contract', contractSchema),
  'configs/drift/schema.json': jsonSchema('Policy of sluice drift', driftPolicy),
  'docs/reference/drift.schema.json': jsonSchema('drift.json', driftSchema),
  'docs/reference/openapi.json': `${JSON.stringify(openApi(endpoints), null, 2)}\n`,
  'configs/gates/schema.json': jsonSchema('Rules and waivers of the gate', gateFile),
};

const root = process.cwd();
const check = process.argv.includes('--check');
for (const [name, text] of Object.entries(files)) {
  const before = await readFile(join(root, name), 'utf8').catch(() => null);
  if (before === text) continue;
  if (check) {
    process.stderr.write(`${name} is not what the code says. Run: npm run generate\n`);
    process.exitCode = 1;
  } else {
    await writeFile(join(root, name), text);
    process.stderr.write(`wrote ${name}\n`);
  }
}
