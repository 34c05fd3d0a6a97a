import type { Problem } from '../wire';

export type Method = 'get' | 'post' | 'delete';
export type Input = Record<string, string | number | boolean | readonly string[] | undefined>;

// Why a request was not honoured, in the server's words or, with status 0, because it was not reached.
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly field: string | null | undefined;
  readonly values: Record<string, string>;

  constructor(status: number, problem: Problem) {
    super(problem.message);
    this.name = 'Refusal';
    this.status = status;
    this.code = problem.code;
    this.field = problem.field;
    this.values = { ...problem.values };
  }

  // Whether the same request may succeed later without anybody changing anything.
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

export const unreachable = () => new Refusal(0, { code: 'client.unreachable', message: 'The server cannot be reached', values: {} });
export const late = () => new Refusal(0, { code: 'client.late', message: 'The server did not answer in time', values: {} });

type Watcher = (refusal: Refusal) => void;
const watchers = new Set<Watcher>();

// Hears of every refusal; the session needs to know when it has ended.
export function watchRefusals(watcher: Watcher): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

export function refusalFrom(status: number, body: unknown): Refusal {
  const refusal = isProblem(body)
    ? new Refusal(status, body)
    : new Refusal(status, { code: 'client.unreadable', message: `The server answered ${status}`, values: {} });
  for (const watcher of watchers) watcher(refusal);
  return refusal;
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && 'message' in body;
}

const patience = 15_000;

export async function call<Out>(method: Method, path: string, input: Input = {}, signal?: AbortSignal): Promise<Out> {
  const response = await reach(method, path, input, signal);
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw refusalFrom(response.status, body);
  return body as Out;
}

async function reach(method: Method, path: string, input: Input, signal?: AbortSignal): Promise<Response> {
  const limit = AbortSignal.timeout(patience);
  const url = `/api${path}${method === 'get' ? query(input) : ''}`;
  const body = method === 'get' ? {} : { body: JSON.stringify(input), headers: { 'content-type': 'application/json' } };
  try {
    return await fetch(url, { method: method.toUpperCase(), signal: signal ? AbortSignal.any([signal, limit]) : limit, ...body });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw limit.aborted ? late() : unreachable();
  }
}

function query(input: Input): string {
  const given = Object.entries(input).filter(([, value]) => value !== undefined && value !== '');
  return given.length ? `?${new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString()}` : '';
}

export const get = <Out>(path: string, input?: Input, signal?: AbortSignal) => call<Out>('get', path, input, signal);
export const post = <Out>(path: string, input?: Input) => call<Out>('post', path, input);
export const remove = <Out>(path: string, input?: Input) => call<Out>('delete', path, input);
