/** The editor's colours are those of the page, so light and dark follow by themselves (look.md sections 3 and 5). */
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const BEAM_RING = 'inset 0 0 0 1.5px var(--beam)';
const FLOATS = '0 0 0 1px var(--edge), 0 8px 24px rgb(0 0 0 / .18)';

const theme = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'var(--sunk)', color: 'var(--ink)', fontSize: '12px' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', fontVariantLigatures: 'none', lineHeight: '20px' },
  '.cm-content': { padding: '8px 0', caretColor: 'var(--beam)' },
  '.cm-line': { padding: '0 12px 0 4px' },
  '.cm-gutters': { backgroundColor: 'var(--sunk)', color: 'var(--ink-3)', border: 'none', fontSize: '11px' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '34px', padding: '0 10px 0 6px' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'transparent' },
  '&.cm-focused .cm-activeLine, &.cm-focused .cm-activeLineGutter': { backgroundColor: 'color-mix(in srgb, var(--beam-wash) 70%, transparent)', color: 'inherit' },
  '.cm-cursor, .cm-dropCursor': { borderLeft: '2px solid var(--beam)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'color-mix(in srgb, var(--beam) 26%, transparent)' },
  '.cm-selectionMatch, .cm-searchMatch': { backgroundColor: 'var(--wash-warn)', boxShadow: 'inset 0 0 0 1px var(--st-restarting)' },
  '.cm-searchMatch-selected': { backgroundColor: 'var(--beam-wash)', boxShadow: BEAM_RING },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'transparent', boxShadow: 'inset 0 0 0 1px var(--edge)' },
  '&.cm-focused .cm-nonmatchingBracket': { backgroundColor: 'var(--wash-bad)' },
  '.cm-placeholder': { color: 'var(--ink-3)' },
  '.cm-foldPlaceholder': { backgroundColor: 'var(--panel)', border: '1px solid var(--line)', color: 'var(--ink-2)' },
  // Marks
  '.cm-lintRange': { backgroundImage: 'none', textDecoration: 'underline wavy 1.2px', textUnderlineOffset: '4px', textDecorationSkipInk: 'none' },
  '.cm-lintRange-error': { textDecorationColor: 'var(--st-crashed)' },
  '.cm-lintRange-warning': { textDecorationColor: 'var(--st-restarting)' },
  '.cm-lintRange-info, .cm-lintRange-hint': { textDecorationColor: 'var(--st-busy)' },
  '.cm-lintRange-active': { backgroundColor: 'var(--wash-bad)' },
  '.cm-line.cm-bad-line': { backgroundColor: 'var(--wash-bad)' },
  '.cm-lintPoint::after': { borderBottomColor: 'var(--st-crashed)' },
  // What floats
  '.cm-tooltip': { backgroundColor: 'var(--pop)', color: 'var(--ink)', border: 'none', borderRadius: '6px', boxShadow: FLOATS, fontFamily: 'var(--sans)', fontSize: '12px', lineHeight: '18px', maxWidth: '480px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--mono)', fontSize: '12px', padding: '4px', maxHeight: '220px', minWidth: '180px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { height: '24px', lineHeight: '24px', padding: '0 8px', borderRadius: '4px', display: 'flex', gap: '12px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--beam-wash)', color: 'var(--ink)', boxShadow: BEAM_RING },
  '.cm-completionMatchedText': { textDecoration: 'underline', textUnderlineOffset: '3px', fontWeight: '600' },
  '.cm-completionDetail': { marginLeft: 'auto', fontStyle: 'normal', fontFamily: 'var(--sans)', color: 'var(--ink-3)', fontSize: '11.5px' },
  '.cm-tooltip.cm-completionInfo': { padding: '8px 10px', maxWidth: '360px' },
  '.cm-diagnostic': { border: 'none', padding: '5px 10px', whiteSpace: 'pre-wrap' },
  '.cm-diagnosticSource': { fontFamily: 'var(--mono)', fontSize: '11px', color: 'var(--ink-3)', opacity: '1', marginTop: '2px' },
  '.cm-described': { padding: '6px 10px' },
  '.cm-described code': { fontFamily: 'var(--mono)', fontSize: '11.5px', whiteSpace: 'pre-wrap', display: 'block', maxHeight: '220px', overflow: 'auto' },
  '.cm-described p': { color: 'var(--ink-2)', marginTop: '4px' },
  // Search
  '.cm-panels': { backgroundColor: 'var(--panel)', color: 'var(--ink)', fontFamily: 'var(--sans)' },
  '.cm-panels.cm-panels-top': { borderBottom: '1px solid var(--line)' },
  '.cm-panel.cm-search': { padding: '6px 10px', fontSize: '12px' },
  '.cm-panel.cm-search label': { fontSize: '12px' },
  '.cm-textfield': { backgroundColor: 'var(--sunk)', border: '1px solid var(--line)', borderRadius: '4px', fontSize: '12px', height: '24px', padding: '0 8px' },
  '.cm-button': { backgroundImage: 'none', backgroundColor: 'var(--panel)', border: '1px solid var(--edge)', borderRadius: '5px', fontSize: '12px', height: '24px', padding: '0 8px' },
});

const highlight = HighlightStyle.define([
  { tag: [tags.keyword, tags.modifier, tags.operatorKeyword, tags.self, tags.heading], color: 'var(--syn-key)' },
  { tag: [tags.string, tags.special(tags.string), tags.regexp, tags.monospace], color: 'var(--syn-str)' },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: 'var(--syn-num)' },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName), tags.function(tags.definition(tags.variableName)), tags.link, tags.url], color: 'var(--syn-fn)' },
  { tag: [tags.typeName, tags.className, tags.namespace], color: 'var(--syn-type)' },
  { tag: [tags.comment, tags.meta], color: 'var(--ink-3)', fontStyle: 'italic' },
  { tag: [tags.heading, tags.strong], fontWeight: '600' },
  { tag: tags.emphasis, fontStyle: 'italic' },
  { tag: tags.invalid, color: 'var(--st-crashed)' },
]);

export const editorLook: Extension = [theme, syntaxHighlighting(highlight)];
