import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SluiceError } from '../../../errors/sluice-error.ts';
import { messageOf } from '../../../util/error-code.ts';

const run = promisify(execFile);

/**
 * The project's own interpreter with MLflow in it.
 * @throws SluiceError PYTHON_NOT_FOUND naming what is missing and the command that makes it
 */
export async function findPython(projectDir: string): Promise<string> {
  const python = join(projectDir, '.venv', process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  const there = await access(python).then(
    () => true,
    () => false,
  );
  if (!there) {
    throw new SluiceError('PYTHON_NOT_FOUND', `the embedded MLflow server needs ${python}, which is not there`, {
      hint: 'Run `make setup`: it makes .venv with the pinned MLflow and XGBoost (python3 and its venv module must be installed). Or set MLFLOW_TRACKING_URI to a server that runs already.',
      data: { python },
    });
  }
  try {
    // Finds the package without importing it: an import costs seconds.
    await run(python, ['-c', 'import importlib.util, sys; sys.exit(0 if importlib.util.find_spec("mlflow") else 3)'], { timeout: 30_000 });
  } catch (error) {
    const missing = typeof error === 'object' && error !== null && 'code' in error && error.code === 3;
    throw new SluiceError(
      'PYTHON_NOT_FOUND',
      missing ? `${python} has no mlflow package` : `${python} does not run: ${messageOf(error).split('\n')[0]}`,
      {
        hint: 'Run `make setup` again; if that does not help, delete .venv first.',
        cause: error,
        data: { python },
      },
    );
  }
  return python;
}
