import { requestSchemas, type RequestInput, type RequestName } from './contract';

/** A request larger than this is refused unread (security 4.1). */
export const MOST_REQUEST_BYTES = 8 * 1024 * 1024;

export const isRequestName = (name: unknown): name is RequestName => typeof name === 'string' && Object.hasOwn(requestSchemas, name);

/** The input of a request as its schema has it, or why it is none. */
export function parseRequest<N extends RequestName>(name: N, raw: unknown): { readonly ok: true; readonly input: RequestInput<N> } | { readonly ok: false; readonly problem: string } {
  const parsed = requestSchemas[name].safeParse(raw);
  if (parsed.success) return { ok: true, input: parsed.data as RequestInput<N> };
  const [issue] = parsed.error.issues;
  return { ok: false, problem: `${name}: ${issue?.path.map(String).join('.') ?? ''} ${issue?.message ?? 'no such input'}`.slice(0, 300) };
}
