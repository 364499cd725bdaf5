/** The program of a run in which mocks stand in for nodes: all else is the design's, and its hash says that it is another. */
import { createHash } from 'node:crypto';
import { failed, ok, type Result } from '../../../shared/errors/result';
import { canonicalJson } from '../../../shared/json/canonical';
import type { Program } from '../../../shared/program/program';
import { findMocksFault } from '../../../shared/run/check-mock';
import type { Mocks } from '../../../shared/run/mock';

/** The program itself where there are no mocks. Fails with MOC001, MOC002, MOC005 or MOC007. */
export function mockProgram(program: Program, mocks: Mocks): Result<Program> {
  if (Object.keys(mocks).length === 0) return ok(program);
  const fault = findMocksFault(program, mocks);
  if (fault) return failed(fault);
  const hash = `sha256:${createHash('sha256').update(canonicalJson({ program: program.hash, mocks })).digest('hex')}`;
  return ok({ ...program, mocks, hash });
}

/** Ids of the nodes that are mocked, in the order of the design. */
export const mockedNodes = ({ nodes, mocks = {} }: Program): readonly string[] => Object.keys(nodes).filter((id) => Object.hasOwn(mocks, id));
