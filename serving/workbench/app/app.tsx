import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { Router } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { ProblemError } from '../api/problem-error.ts';
import { LanguageProvider } from '../words/language.tsx';
import { Routes } from './routes.tsx';
import { SessionProvider } from './session.tsx';

/** How often a book that is being prepared is asked after. */
const PREPARING_MS = 2000;

/** Answers are kept for as long as an officer stays with a case; only a server that does not answer, or is not done preparing, is asked again. */
const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 60_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) =>
        error instanceof ProblemError && (error.preparing || (failures < 2 && (error.status === 0 || error.status === 503))),
      retryDelay: (failures, error) => (error instanceof ProblemError && error.preparing ? PREPARING_MS : 1000 * 2 ** failures),
    },
  },
});

/** Routes are fragments (#/applicants/100001): who was looked up stays out of the server's access log. */
export function App() {
  return (
    <QueryClientProvider client={queries}>
      <LanguageProvider>
        <SessionProvider>
          {/* oxlint-disable-next-line react/hooks -- how wouter is told where a location is kept */}
          <Router hook={useHashLocation}>
            <Routes />
          </Router>
        </SessionProvider>
      </LanguageProvider>
    </QueryClientProvider>
  );
}
