import { availableParallelism, totalmem } from 'node:os';
import { openProject } from '../../execute/project/project.ts';
import { formatBytes } from '../../util/format.ts';
import { runChecks } from '../doctor/run-checks.ts';
import type { CommandBody } from '../command.ts';

export const doctorCommand: CommandBody = async (args, io) => {
  const checks = await runChecks(openProject(io.cwd, io.env), io.env);
  const ok = checks.every((check) => check.ok || !check.needed);
  if (args.flag('json')) {
    io.out(`${JSON.stringify({ ok, checks })}\n`);
    return ok ? 0 : 1;
  }
  const { outPaint } = io;
  const width = Math.max(...checks.map(({ name }) => name.length));
  for (const { name, ok: good, needed, found, fix } of checks) {
    const mark = good ? outPaint.green('✔') : needed ? outPaint.red('✖') : outPaint.yellow('!');
    io.out(`${mark} ${name.padEnd(width)}  ${found}\n`);
    if (!good && fix !== null) io.out(`  ${' '.repeat(width)}  ${outPaint.cyan('→')} ${fix}\n`);
  }
  io.out(outPaint.dim(`${availableParallelism()} cores, ${formatBytes(totalmem())} of memory, ${process.platform}-${process.arch}\n`));
  return ok ? 0 : 1;
};
