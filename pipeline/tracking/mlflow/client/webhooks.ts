import { SluiceError } from '../../../errors/sluice-error.ts';
import { fields, flag, listOf, number, oneOf, or, text, turned } from './answer.ts';
import { unlessMissing } from './api-error.ts';
import { apiPath } from './api-path.ts';
import type { MlflowConnection } from './connection.ts';
import { pages } from './pages.ts';
import { request, requestJson } from './request.ts';

/** What MLflow 3 can tell of, as `entity.action`. A notification goes out after the fact: it is no gate. */
export const WEBHOOK_EVENTS = [
  'registered_model.created',
  'model_version.created',
  'model_version_tag.set',
  'model_version_tag.deleted',
  'model_version_alias.created',
  'model_version_alias.deleted',
] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

const webhookEntry = turned(
  fields({
    webhook_id: text,
    name: text,
    url: text,
    description: or(text, ''),
    status: oneOf('ACTIVE', 'DISABLED'),
    events: listOf(fields({ entity: text, action: text })),
  }),
  ({ webhook_id: webhookId, events, ...rest }) => ({
    ...rest,
    webhookId,
    events: events.map(({ entity, action }) => `${entity}.${action}`.toLowerCase()),
  }),
);
export type Webhook = ReturnType<typeof webhookEntry>;

export interface NewWebhook {
  readonly name: string;
  /** https; the name must resolve to a public address on the server. */
  readonly url: string;
  readonly events: readonly WebhookEvent[];
  readonly description?: string;
  /** Signs what is sent; the server never gives it back. */
  readonly secret?: string;
  /** @default ACTIVE */
  readonly status?: Webhook['status'];
}

/** Not repeatable: a second call makes a second webhook. @throws SluiceError MLFLOW_REFUSED for an address that is not https */
export async function createWebhook(connection: MlflowConnection, webhook: NewWebhook): Promise<Webhook> {
  assertHttps(webhook.url);
  const call = { method: 'POST', path: apiPath('webhooks'), repeatable: false, json: toJson(webhook) } as const;
  return (await requestJson(connection, fields({ webhook: webhookEntry }), call)).webhook;
}

export async function getWebhook(connection: MlflowConnection, webhookId: string): Promise<Webhook | undefined> {
  const call = { method: 'GET', path: pathOf(webhookId) } as const;
  return (await unlessMissing(requestJson(connection, fields({ webhook: webhookEntry }), call)))?.webhook;
}

export function listWebhooks(connection: MlflowConnection, pageSize = 100): AsyncGenerator<Webhook> {
  return pages(connection, {
    list: 'webhooks',
    entry: webhookEntry,
    call: (token) => ({ method: 'GET', path: apiPath('webhooks', { max_results: pageSize, page_token: token }) }),
  });
}

/** Changes what is given and nothing else. */
export async function updateWebhook(connection: MlflowConnection, webhookId: string, change: Partial<NewWebhook>): Promise<Webhook> {
  if (change.url !== undefined) assertHttps(change.url);
  const call = { method: 'PATCH', path: pathOf(webhookId), json: toJson(change) } as const;
  return (await requestJson(connection, fields({ webhook: webhookEntry }), call)).webhook;
}

export async function deleteWebhook(connection: MlflowConnection, webhookId: string): Promise<void> {
  await request(connection, { method: 'DELETE', path: pathOf(webhookId) });
}

const testResult = turned(
  fields({ result: fields({ success: or(flag, false), response_status: or(number, null), error_message: or(text, null) }) }),
  ({ result }) => ({ success: result.success, status: result.response_status, error: result.error_message }),
);

/** Lets the server send an example and says what came back. */
export function testWebhook(connection: MlflowConnection, webhookId: string, event?: WebhookEvent): Promise<ReturnType<typeof testResult>> {
  const json = event === undefined ? {} : { event: toEvent(event) };
  return requestJson(connection, testResult, { method: 'POST', path: `${pathOf(webhookId)}/test`, json });
}

function pathOf(webhookId: string): string {
  return apiPath(`webhooks/${encodeURIComponent(webhookId)}`);
}

function toJson({ events, ...rest }: Partial<NewWebhook>): unknown {
  return { ...rest, ...(events === undefined ? {} : { events: events.map(toEvent) }) };
}

function toEvent(event: WebhookEvent): { readonly entity: string; readonly action: string } {
  const [entity = '', action = ''] = event.toUpperCase().split('.');
  return { entity, action };
}

function assertHttps(url: string): void {
  if (URL.canParse(url) && new URL(url).protocol === 'https:') return;
  // The address may hold a token: only its beginning is shown.
  throw new SluiceError('MLFLOW_REFUSED', `the webhook was not sent: "${url.split('?')[0]?.slice(0, 60) ?? ''}" is not an https address`, {
    hint: 'MLflow calls https addresses only.',
    data: { endpoint: 'client' },
  });
}
