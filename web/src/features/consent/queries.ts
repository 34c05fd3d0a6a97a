import { useMutation, useQuery } from '@tanstack/react-query';
import { get, post } from '../../lib/http';
import type { Policy } from '../../wire';

export function usePolicy(language: string) {
  return useQuery({
    queryKey: ['consent', 'policy', language],
    queryFn: ({ signal }) => get<Policy>('/consent/policy', { language }, signal),
    staleTime: 60_000,
  });
}

export function useAccept() {
  return useMutation({ mutationFn: (accepted: { policy: string; language: string }) => post<{ version: string; at: number }>('/consent/acceptances', accepted) });
}

export function useRefuse() {
  return useMutation({ mutationFn: () => post<Record<string, never>>('/consent/refusals') });
}
