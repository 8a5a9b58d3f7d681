import type { ProjectCommand } from '../../pipeline/index.ts';
import { ROLES } from '../roles.ts';

/** `sluice keys`: who may call the server. */
export const keysCommand: ProjectCommand = {
  name: 'keys',
  summary: 'Add, list or remove keys of the scoring server',
  details:
    'A key is printed once, when it is added; the file keeps its hash alone. A running server takes a change up within a second. An officer scores and decides, a reviewer looks at everything and decides nothing, an admin may do all.',
  positionals: [
    { name: 'action', describe: 'what to do', required: true, choices: ['add', 'list', 'remove'] },
    { name: 'name', describe: 'whose key: as the decision log is to show it' },
  ],
  options: {
    role: { type: 'string', choices: ROLES, default: 'officer', describe: 'what the key may do' },
    keys: { type: 'string', value: 'FILE', describe: 'the file of keys [default: serving/keys.json of the artifacts]' },
  },
  examples: [
    ['sluice keys add amina', 'a key for an officer'],
    ['sluice keys add prometheus --role reviewer', 'a key that may read /metrics'],
  ],
  load: () => import('../api/command/keys-command.ts'),
};
