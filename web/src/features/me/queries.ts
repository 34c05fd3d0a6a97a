import { useQuery } from '@tanstack/react-query';
import { get } from '../../lib/http';
import type { Myself } from '../../wire';

export function useMyself() {
  return useQuery({ queryKey: ['me'], queryFn: ({ signal }) => get<Myself>('/directory/me', {}, signal), staleTime: 10 * 60_000 });
}
