import { Component, type ErrorInfo, type ReactNode } from 'react';
import { writeClipboard } from '../api/clipboard';
import { shellInfo } from '../stores/shell';

type State = { readonly error?: Error; readonly stack?: string; readonly says?: string };

/** A bug of ours on the screen: what it was, a report to copy, and the way back. The design is on the disk already. */
export class ErrorPage extends Component<{ readonly children: ReactNode }, State> {
  override state: State = {};

  static getDerivedStateFromError(error: Error): State {
    return { error };
  }

  override componentDidCatch(_: Error, info: ErrorInfo): void {
    this.setState({ stack: info.componentStack ?? '' });
  }

  #report(): string {
    const { error, stack } = this.state;
    const info = shellInfo();
    return [`Prismatic Studio ${info?.version ?? ''} on ${info?.platform ?? ''} (${info?.kind ?? ''})`, `${error?.name}: ${error?.message}`, error?.stack ?? '', stack ?? ''].join('\n');
  }

  async #copy(): Promise<void> {
    const copied = await writeClipboard(this.#report());
    this.setState({ says: copied.ok ? 'The report is in the clipboard.' : `${copied.error.message}. Mark the text above and copy it.` });
  }

  override render(): ReactNode {
    if (!this.state.error) return this.props.children;
    return (
      <main className="error-page">
        <h1>This window has stopped at a bug of ours</h1>
        <p>Every edit is on the disk, and a run goes on without the window. Reload to go on; please send us the report.</p>
        <pre className="m">{this.#report()}</pre>
        <div className="row-buttons">
          <button type="button" className="b solid" onClick={() => location.reload()}>Reload</button>
          <button type="button" className="b out" onClick={() => void this.#copy()}>Copy report</button>
          <span role="status">{this.state.says}</span>
        </div>
      </main>
    );
  }
}
