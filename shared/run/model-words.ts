/** Words of what models answer, without the schemas: protocols are drawn in a page that may not load what checks requests. */
export const MODEL_FINISHES = ['stop', 'length', 'toolCalls', 'other'] as const;

/**
 * How a model call fails: the declared errors of `Model`. `RateLimited` has `{retryAfterMs}` in its data where the provider said it.
 * `Unavailable`: 5xx, refused, cut off, or silent. `Refused`: by a filter of content. `ContextTooLong`: more than the model takes in.
 */
export const MODEL_ERRORS = ['RateLimited', 'Unavailable', 'Refused', 'BadRequest', 'Unauthorized', 'ContextTooLong'] as const;
export type ModelErrorCode = (typeof MODEL_ERRORS)[number];
