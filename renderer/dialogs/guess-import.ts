import type { RequestInput } from '../../shared/api/contract';

type Kind = RequestInput<'protocol.import'>['kind'];

/** Which of the three a text is likely to be: by what must stand in one and in no other. Nothing, where it is hard to say. */
export function guessImport(text: string): Kind | undefined {
  if (/^\s*(export\s+)?(declare\s+)?(interface|type)\s+\w+/m.test(text) && !/^\s*[{[]/.test(text)) return 'typescript';
  if (/"(openapi|swagger)"\s*:/.test(text) || /"responses"\s*:\s*\{/.test(text)) return 'openapi';
  return /"inputSchema"\s*:/.test(text) || /"tools"\s*:\s*\[/.test(text) ? 'mcp' : undefined;
}
