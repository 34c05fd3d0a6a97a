import { useMutation } from '@tanstack/react-query';
import { get, post, remove } from '../../lib/http';
import type { Me, SignedIn } from '../../wire';

export interface Credentials {
  login: string;
  password: string;
  policy: string;
  language: string;
}

export function useSignIn() {
  return useMutation({
    mutationFn: (given: Credentials) => post<SignedIn>('/identity/sessions', { ...given, client: 'browser' }),
  });
}

export function useSignOut() {
  return useMutation({ mutationFn: () => remove<Record<string, never>>('/identity/session') });
}

export const whoAmI = () => get<Me>('/identity/session');
