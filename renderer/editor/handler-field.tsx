import { CodeView } from './code-view';
import { HoldBar } from './hold-bar';

/** A handler in the Inspector: small, and the same text. */
export function HandlerField({ path }: { readonly path: string }) {
  return (
    <CodeView key={path} path={path} isCompact>
      {(editor, report) => report.hold && <HoldBar hold={report.hold} follower={editor.follower} />}
    </CodeView>
  );
}
