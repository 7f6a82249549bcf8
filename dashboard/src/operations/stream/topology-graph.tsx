import { useEffect, useState } from 'preact/hooks'
import { Empty } from '../../parts.tsx'
import { t } from '../../words/words.ts'
import { layOutGraph, type Graph, type GraphEdge, type GraphNode } from './lay-out-graph.ts'
import { sectionHref } from './stream-address.ts'
import type { StreamProcessor } from './processor-text.ts'

/**
 * The processors and their topics as a drawing. The table of processors says the same, so screen readers and the
 * keyboard leave the drawing out.
 */
export function TopologyGraph({ processors }: { readonly processors: readonly StreamProcessor[] }) {
  const [graph, setGraph] = useState<Graph>()
  const [marked, setMarked] = useState<string>()
  // The layout depends on the names only, which do not change while the platform runs.
  const names = processors.map(({ name }) => name).join(' ')
  useEffect(() => {
    let shown = true
    void layOutGraph(processors).then((laidOut) => shown && setGraph(laidOut))
    return () => void (shown = false)
  }, [names])
  if (graph === undefined) return <Empty>{t('stream.drawing')}</Empty>
  const current = new Map(processors.map((processor) => [processor.name, processor]))
  const near = nearOf(graph, marked)
  return (
    <div class="graph" tabIndex={0} role="group" aria-label={t('stream.drawingOfTheTopology')}>
      <svg
        aria-hidden="true"
        width={graph.width}
        height={graph.height}
        viewBox={`0 0 ${graph.width} ${graph.height}`}
        class={marked === undefined ? '' : 'marking'}
      >
        {graph.edges.map((edge) => (
          <path
            key={edge.id}
            class={edge.from === marked || edge.to === marked ? 'edge near' : 'edge'}
            d={pathOf(edge)}
          />
        ))}
        {graph.nodes.map((node) => (
          <g
            key={node.id}
            class={near.has(node.id) ? 'near' : ''}
            onMouseEnter={() => setMarked(node.id)}
            onMouseLeave={() => setMarked(undefined)}
          >
            <Node node={node} processor={node.processor && current.get(node.processor.name)} />
          </g>
        ))}
      </svg>
    </div>
  )
}

function Node({ node, processor }: { readonly node: GraphNode; readonly processor: StreamProcessor | undefined }) {
  const { x, y, width, height, label } = node
  const box = (
    <>
      <rect x={x - width / 2} y={y - height / 2} width={width} height={height} rx={processor === undefined ? 11 : 7} />
      <text x={x} y={y + 4} text-anchor="middle">
        {label}
      </text>
    </>
  )
  if (processor === undefined) return <g class="topic">{box}</g>
  return (
    <a
      href={sectionHref('topology', processor.name)}
      tabindex={-1}
      class={`processor ${processor.running?.state ?? ''}`}
    >
      {box}
    </a>
  )
}

/** Returns the node and those that it is linked to. */
function nearOf({ edges }: Graph, marked: string | undefined): ReadonlySet<string> {
  const near = edges.filter(({ from, to }) => from === marked || to === marked)
  return new Set(near.flatMap(({ from, to }) => [from, to]))
}

/** Returns a smooth line through the points of an edge. */
function pathOf({ points }: GraphEdge): string {
  const [first, ...others] = points
  const last = others.at(-1)
  if (first === undefined || last === undefined) return ''
  const curves = others.slice(0, -1).map((point, index) => {
    const next = others[index + 1]!
    const isLast = index === others.length - 2
    const [x, y] = isLast ? [next.x, next.y] : [(point.x + next.x) / 2, (point.y + next.y) / 2]
    return `Q${point.x} ${point.y} ${x} ${y}`
  })
  return `M${first.x} ${first.y}${curves.length === 0 ? `L${last.x} ${last.y}` : curves.join('')}`
}
