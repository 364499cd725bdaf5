/** The nonce of this load, for style elements that a library makes (CodeMirror: `EditorView.cspNonce.of(pageNonce())`). */
export const pageNonce = (): string => document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
