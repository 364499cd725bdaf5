/** The line of an error has its wash (look.md section 3), beside the wave under the word. */
import { setDiagnosticsEffect } from '@codemirror/lint';
import { RangeSetBuilder, StateField } from '@codemirror/state';
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view';

const badLine = Decoration.line({ class: 'cm-bad-line' });

export const badLines = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (lines, transaction) => {
    for (const effect of transaction.effects) {
      if (!effect.is(setDiagnosticsEffect)) continue;
      const starts = new Set(effect.value.filter(({ severity }) => severity === 'error').map(({ from }) => transaction.state.doc.lineAt(Math.min(from, transaction.state.doc.length)).from));
      const builder = new RangeSetBuilder<Decoration>();
      for (const start of [...starts].sort((a, b) => a - b)) builder.add(start, start, badLine);
      return builder.finish();
    }
    return lines.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});
