import { artifactPath } from '../../execute/answers/artifact-path.ts';
import { openProject } from '../../execute/project/project.ts';
import type { CommandBody } from '../command.ts';

export const pathCommand: CommandBody = async (args, io) => {
  io.out(`${await artifactPath(openProject(io.cwd, io.env), args.text('port') ?? '')}\n`);
  return 0;
};
