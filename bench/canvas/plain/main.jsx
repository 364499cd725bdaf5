// What one gets from React Flow with its documentation's advice: memoized nodes, only what is visible, `count` nodes in a square and as
// many edges. `?all` draws all of them, as React Flow does where nothing is said.
import { memo } from 'react';
import { createRoot } from 'react-dom/client';
import { Background, Handle, MiniMap, Position, ReactFlow, useEdgesState, useNodesState } from '@xyflow/react';
import '@xyflow/react/dist/style.css';
import './plain.css';

const asked = new URLSearchParams(location.search);
const count = Number(asked.get('count'));
const columns = Math.ceil(Math.sqrt(count));
const SIZE = { width: 152, height: 84 };

const Agent = memo(function Agent({ data }) {
  return (
    <div className="agent">
      <Handle type="target" position={Position.Left} />
      {data.label}
      <Handle type="source" position={Position.Right} />
    </div>
  );
});
const nodeTypes = { agent: Agent };
const nodesAtStart = Array.from({ length: count }, (_, index) => ({ id: `n${index}`, type: 'agent', position: { x: (index % columns) * 216, y: Math.floor(index / columns) * 110 }, data: { label: `Agent ${index}` }, ...SIZE }));
const edgesAtStart = nodesAtStart.slice(1).map(({ id }, index) => ({ id: `e${index}`, type: 'smoothstep', source: `n${Math.max(0, index - (index % 10))}`, target: id }));

function Drawing() {
  const [nodes, , onNodesChange] = useNodesState(nodesAtStart);
  const [edges, , onEdgesChange] = useEdgesState(edgesAtStart);
  return (
    <ReactFlow nodes={nodes} edges={edges} nodeTypes={nodeTypes} onNodesChange={onNodesChange} onEdgesChange={onEdgesChange} fitView minZoom={0.02} panOnScroll onlyRenderVisibleElements={!asked.has('all')}>
      <Background />
      <MiniMap pannable zoomable />
    </ReactFlow>
  );
}

createRoot(document.getElementById('root')).render(<Drawing />);
