import type { AppError } from '../../shared/errors/result';

/** What is and what to do about it, as two sentences. Messages of the core may come without a full stop. */
export const wordError = ({ message, fix }: AppError): string => `${message.trim().replace(/([^.!?])$/, '$1.')} ${fix}`.trim();
