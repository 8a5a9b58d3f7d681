import { useQueryClient } from '@tanstack/react-query';
import { createContext, use, useEffect, useMemo, useState, type ReactNode } from 'react';
import { clientOf, type Client } from '../api/client.ts';
import { ProblemError } from '../api/problem-error.ts';

const KEPT = 'sluice.key';

interface Session {
  /** Null before somebody signed in. */
  readonly client: Client | null;
  readonly signIn: (key: string) => void;
  readonly signOut: () => void;
}

const SessionContext = createContext<Session>({ client: null, signIn: () => {}, signOut: () => {} });

/** The key lives as long as the tab: sessionStorage, never a cookie, never a URL that reaches the server. */
export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const queries = useQueryClient();
  const [key, setKey] = useState(() => sessionStorage.getItem(KEPT));
  const session = useMemo<Session>(
    () => ({
      client: key === null ? null : clientOf(key),
      signIn: (given) => {
        sessionStorage.setItem(KEPT, given);
        setKey(given);
      },
      signOut: () => {
        sessionStorage.removeItem(KEPT);
        queries.clear();
        setKey(null);
      },
    }),
    [key, queries],
  );
  const { signOut } = session;
  useEffect(
    () =>
      queries.getQueryCache().subscribe(({ query }) => {
        // A key that was taken back, or that this server never knew: whoever it is has to sign in again.
        if (query.state.error instanceof ProblemError && query.state.error.status === 401) signOut();
      }),
    [queries, signOut],
  );
  return <SessionContext value={session}>{children}</SessionContext>;
}

export function useSession(): Session {
  return use(SessionContext);
}

/** The API, for pages that only somebody signed in sees. */
export function useClient(): Client {
  const { client } = useSession();
  if (client === null) throw new Error('nobody is signed in');
  return client;
}
