import { CodeView } from './code-view';
import { HoldBar } from './hold-bar';

/** A protocol as its file stands: the same text as in the editor, in the Inspector. */
export function ProtocolJson({ path }: { readonly path: string }) {
  return (
    <CodeView key={path} path={path}>
      {(editor, report) => report.hold && <HoldBar hold={report.hold} follower={editor.follower} />}
    </CodeView>
  );
}
