import { SUPERVISOR_PROTOCOL } from '../../protocols/supervisor';
import type { DesignNode } from './node';

/** Whether it starts copies of a template when it is asked to, and can be called. */
export const isDynamic = (node: DesignNode): boolean => node.kind === 'supervisor' && node.strategy === 'simple_one_for_one';

/** The protocols that a node answers: drawn, or built in. */
export const providedBy = (node: DesignNode): readonly string[] => (node.kind === 'supervisor' ? (isDynamic(node) ? [SUPERVISOR_PROTOCOL] : []) : node.provides);
