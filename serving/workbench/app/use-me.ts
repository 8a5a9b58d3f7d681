import { useQuery } from '@tanstack/react-query';
import { useClient } from './session.tsx';

/** Who signed in, and in what role; undefined before the server has said. */
export function useMe() {
  const client = useClient();
  return useQuery({ queryKey: ['me'], queryFn: ({ signal }) => client.me(signal), staleTime: Infinity }).data;
}
