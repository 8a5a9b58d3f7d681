import { pinTarget } from '../../execute/answers/pin-target.ts';
import { openProject } from '../../execute/project/project.ts';
import { pinName, PinStore } from '../../store/pin-store.ts';
import type { CommandBody } from '../command.ts';

export const pinCommand: CommandBody = async (args, io) => {
  const project = openProject(io.cwd, io.env);
  const target = args.text('target');
  const pins = target === undefined ? await new PinStore(project.artifactsDir).all() : [await pinTarget(project, target)];
  if (args.flag('json')) io.out(`${JSON.stringify(pins)}\n`);
  else if (target === undefined)
    io.out(pins.map((pin) => `${pinName(pin)}${pin.what === 'run' ? '' : `  ${pin.digest.slice(0, 12)}`}\n`).join(''));
  else for (const pin of pins) io.say(`${io.paint.green('✔')} ${pinName(pin)} is kept until it is unpinned\n`);
  return 0;
};
