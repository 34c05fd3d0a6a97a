import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { get, post } from '../../lib/http';
import { socket } from '../../lib/socket';
import type { Changed, Choice, Choices, Policy, Takings } from '../../wire';

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

const choicesKey = ['consent', 'choices'];

// What one can decide about and what was taken, kept equal on all of one's pages by the event.
export function useChoices(language: string) {
  const client = useQueryClient();
  useEffect(
    () =>
      socket.onEvent(({ event }) => {
        if (event === 'consent.changed' || event === 'net.resync') void client.invalidateQueries({ queryKey: choicesKey });
      }),
    [client],
  );
  return useQuery({
    queryKey: [...choicesKey, language],
    queryFn: async ({ signal }) => {
      const [choices, takings] = await Promise.all([
        get<Choices>('/consent/permissions', { language }, signal),
        get<Takings>('/consent/taken', { language }, signal),
      ]);
      return { ...choices, taken: takings.items };
    },
  });
}

// Agreeing names the words that were shown; declining and withdrawing are one request.
export function useDecide({ id, version }: Choice) {
  const client = useQueryClient();
  const matter = id.startsWith('PM-') ? { permission: id } : { purpose: id };
  return useMutation({
    mutationFn: (agreed: boolean) =>
      agreed
        ? post<Changed>('/consent/grants', { ...matter, version, surface: 'centre' })
        : post<Changed>('/consent/withdrawals', { ...matter, surface: 'centre' }),
    onSettled: () => client.invalidateQueries({ queryKey: choicesKey }),
  });
}
