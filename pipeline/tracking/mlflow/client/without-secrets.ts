import type { MlflowConnection } from './connection.ts';

const SECRET_HEADER = /auth|cookie|key|secret|token/i;
/** A shorter one is not worth the words that it would tear holes into. */
const SHORTEST = 4;

/** What a server said, without the login and other secrets of the connection, however coded: it, or a proxy before it, may repeat what it was asked. */
export function withoutSecrets({ headers }: Pick<MlflowConnection, 'headers'>, text: string): string {
  const secrets = Object.entries(headers)
    .filter(([name]) => SECRET_HEADER.test(name))
    .flatMap(([, value]) => [value, ...ofLogin(value)].flatMap(spellings));
  return secrets.reduce((left, secret) => left.replaceAll(secret, '…'), text);
}

function spellings(secret: string): readonly string[] {
  return secret.length < SHORTEST ? [] : [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)];
}

/** `Basic` and `Bearer` themselves are none; a password is one in both of its spellings. */
function ofLogin(value: string): readonly string[] {
  const [kind = '', code = ''] = value.split(' ');
  if (kind !== 'Basic') return [code];
  const login = Buffer.from(code, 'base64').toString('utf8');
  return [code, login.slice(login.indexOf(':') + 1)];
}
