/** The open design: toolbar, Palette over Outline, canvas over the bottom panel, Inspector, status bar (look.md section 6). */
import { Group, Panel, Separator } from 'react-resizable-panels';
import { Canvas } from '../canvas/canvas';
import { Editor } from '../editor/editor';
import { Inspector } from '../inspector/inspector';
import { Outline } from '../outline/outline';
import { Palette } from '../palette/palette';
import { useSimulation } from '../stores/simulation';
import { useViewport } from '../stores/viewport';
import { Toolbar } from '../toolbar/toolbar';
import { BottomPanel } from './bottom-panel';
import { StatusBar } from './status-bar';

export function Workbench() {
  const { isLeftOpen, isInspectorOpen, editing } = useViewport();
  const isSimulation = useSimulation((state) => state.status === 'open');
  return (
    <div className="win">
      <Toolbar />
      <main className="floor">
        <Group orientation="vertical">
          <Panel id="bench" minSize="30%">
            <div className="bench">
              {isLeftOpen && (
                <aside className="pan r left">
                  <Palette />
                  <Outline />
                </aside>
              )}
              <Group orientation="vertical" className="middle">
                <Panel id="canvas" minSize="30%">
                  <Group orientation="horizontal">
                    <Panel id="drawing" minSize="25%">
                      <Canvas />
                    </Panel>
                    {editing && (
                      <>
                        <Separator className="grip v" />
                        <Panel id="editor" defaultSize="50%" minSize="25%">
                          <Editor />
                        </Panel>
                      </>
                    )}
                  </Group>
                </Panel>
                {!isSimulation && <Bottom />}
              </Group>
              {isInspectorOpen && <Inspector />}
            </div>
          </Panel>
          {isSimulation && <Bottom />}
        </Group>
      </main>
      <StatusBar />
    </div>
  );
}

/** Under the canvas; in a simulation under all, since its Timeline has lanes to show (look.md section 6). */
function Bottom() {
  const { isBottomOpen, bottom } = useViewport();
  const height = !isBottomOpen ? '32px' : bottom === 'timeline' ? '256px' : '184px';
  return (
    <>
      <Separator className={isBottomOpen ? 'grip h' : 'grip off'} />
      <Panel id="bottom" defaultSize={height} minSize={isBottomOpen ? '120px' : '32px'} maxSize={isBottomOpen ? '70%' : '32px'} key={height}>
        <BottomPanel />
      </Panel>
    </>
  );
}
