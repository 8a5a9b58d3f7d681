import { isSluiceError, SluiceError } from '../../../errors/sluice-error.ts';
import { messageOf } from '../../../util/error-code.ts';
import type { Reply } from './attempt.ts';
import type { MlflowConnection } from './connection.ts';
import { NO_SERVER } from './no-server.ts';
import { withoutSecrets } from './without-secrets.ts';

interface ErrorBody {
  readonly code: string | undefined;
  readonly message: string;
}

/** MLflow answers errors as JSON, an unknown route as HTML and a bad Host as plain text; all three end here. */
export function parseErrorBody(connection: MlflowConnection, reply: Reply): ErrorBody {
  const { code, message } = readErrorBody(reply.body.toString('utf8'));
  return { code, message: withoutSecrets(connection, message) };
}

function readErrorBody(text: string): ErrorBody {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null && 'error_code' in parsed) {
      return { code: String(parsed.error_code), message: 'message' in parsed ? String(parsed.message) : '' };
    }
  } catch {
    // not JSON: described below
  }
  return {
    code: undefined,
    message: text
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  };
}

/** What the server said no to. `data.errorCode` is MLflow's `error_code`: branch on it, never on the message. */
export function refused(connection: MlflowConnection, endpoint: string, reply: Reply): SluiceError {
  if (reply.status === 401) return loginRefused(connection, endpoint);
  const { code, message } = parseErrorBody(connection, reply);
  const hint = refusalHint(reply, code, connection);
  return new SluiceError(
    'MLFLOW_REFUSED',
    `MLflow at ${connection.uri} refused ${endpoint}: ${reply.status} ${code ?? ''} ${firstLine(message)}`.replace(/\s+/g, ' ').trim(),
    {
      ...(hint === undefined ? {} : { hint }),
      data: { status: reply.status, endpoint, ...(code === undefined ? {} : { errorCode: code }) },
    },
  );
}

/** No login, or one that the server does not take; says which without showing it. */
export function loginRefused(connection: MlflowConnection, endpoint: string): SluiceError {
  const [kind, value = ''] = (connection.headers['authorization'] ?? '').split(' ');
  const user = kind === 'Basic' ? Buffer.from(value, 'base64').toString('utf8').split(':')[0] : undefined;
  const what =
    user !== undefined
      ? `does not take the login of user "${user}": a wrong password, an expired one, or no such user`
      : kind === 'Bearer'
        ? 'does not take the token as a login: a wrong one, an expired one, or a server that wants user and password'
        : 'wants a login, and there is none';
  return new SluiceError('MLFLOW_REFUSED', `MLflow at ${connection.uri} ${what}`, {
    hint: 'Set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN, then run again; what waits is sent by `sluice sync`.',
    data: { status: 401, endpoint },
  });
}

export interface UnreachableDetails {
  readonly endpoint: string;
  readonly reason: string;
  readonly tries: number;
  /** The request may have been carried out although no answer came. */
  readonly ambiguous: boolean;
  readonly cause?: unknown;
}

export function unreachable(connection: MlflowConnection, details: UnreachableDetails): SluiceError {
  const { endpoint, reason, tries, ambiguous, cause } = details;
  if (connection.uri === NO_SERVER)
    return new SluiceError('MLFLOW_UNREACHABLE', 'there is no MLflow server', {
      hint: 'Nothing is lost. The warning at the start of the run says why; once there is a server, `sluice sync` sends what is waiting.',
      data: { endpoint, ambiguous },
    });
  return new SluiceError(
    'MLFLOW_UNREACHABLE',
    `MLflow at ${connection.uri} cannot be reached: ${reason} (${endpoint}, ${tries} ${tries === 1 ? 'try' : 'tries'})`,
    {
      hint: 'Nothing is lost. Start the server (`sluice mlflow up`, or whoever runs it), then `sluice sync` sends what is waiting.',
      cause,
      data: { endpoint, ambiguous },
    },
  );
}

/** The server's certificate, or ours, was not accepted: the connection never came to be. */
export function distrusted(connection: MlflowConnection, endpoint: string, cause: unknown): SluiceError {
  return new SluiceError('MLFLOW_REFUSED', `the TLS connection to MLflow at ${connection.uri} was not made: ${messageOf(cause)}`, {
    hint: 'Name the certificate to trust with MLFLOW_TRACKING_SERVER_CERT_PATH, and your own, where the server asks for one, with MLFLOW_TRACKING_CLIENT_CERT_PATH. Only for tests: MLFLOW_TRACKING_INSECURE_TLS=true.',
    cause,
    data: { endpoint },
  });
}

/** MLflow's `error_code` of a refusal, such as RESOURCE_DOES_NOT_EXIST. */
export function errorCodeOf(error: unknown): string | undefined {
  const code = isSluiceError(error) && error.code === 'MLFLOW_REFUSED' ? error.data?.['errorCode'] : undefined;
  return typeof code === 'string' ? code : undefined;
}

export function isMissing(error: unknown): boolean {
  const code = errorCodeOf(error);
  return code === 'RESOURCE_DOES_NOT_EXIST' || code === 'NOT_FOUND';
}

/** The answer to a call; undefined where what it asks for, or removes, is not there. */
export async function unlessMissing<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

export function isAmbiguous(error: unknown): boolean {
  return isSluiceError(error) && error.code === 'MLFLOW_UNREACHABLE' && error.data?.['ambiguous'] === true;
}

function refusalHint({ status, headers }: Reply, code: string | undefined, connection: MlflowConnection): string | undefined {
  const { location } = headers;
  if (status >= 300 && status < 400 && location !== undefined && URL.canParse(location, connection.uri))
    return `It sends on to ${new URL(location, connection.uri).origin}: set tracking.uri or MLFLOW_TRACKING_URI to where the server is.`;
  if (status === 403 && code === undefined)
    return 'The server does not accept this host name: start it with --allowed-hosts, or use 127.0.0.1.';
  if (status === 403) return 'The user named by MLFLOW_TRACKING_USERNAME may not do this: ask for the permission.';
  if (status === 404 && code === undefined)
    return 'This does not look like an MLflow 3 tracking server: check tracking.uri and MLFLOW_TRACKING_URI.';
  return undefined;
}

function firstLine(message: string): string {
  return (message.split('\n')[0] ?? '').slice(0, 300);
}
