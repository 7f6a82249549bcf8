import type { StreamProcessor } from './processor-text.ts'

export interface GraphNode {
  readonly id: string
  /** `undefined`: a topic. */
  readonly processor: StreamProcessor | undefined
  readonly label: string
  /** Centre. */
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface GraphEdge {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly points: readonly { readonly x: number; readonly y: number }[]
}

export interface Graph {
  readonly nodes: readonly GraphNode[]
  readonly edges: readonly GraphEdge[]
  readonly width: number
  readonly height: number
}

/** Most processors with timers read it: its lines would cross all others. */
const NOT_DRAWN = 'clock'
const CHARACTER = 7
const PADDING = 18

/** Lays the processors and their topics out from left to right. Loads the library, so that other pages do not. */
export async function layOutGraph(processors: readonly StreamProcessor[]): Promise<Graph> {
  const { Graph: Layout, layout } = await import('@dagrejs/dagre')
  const graph = new Layout()
  graph.setGraph({ rankdir: 'LR', nodesep: 8, ranksep: 34, edgesep: 6, marginx: 6, marginy: 6 })
  graph.setDefaultEdgeLabel(() => ({}))
  const known = new Map<string, Pick<GraphNode, 'processor' | 'label'>>()
  const add = (id: string, label: string, processor?: StreamProcessor): void => {
    if (known.has(id)) return
    known.set(id, { processor, label })
    const height = processor === undefined ? 22 : 30
    graph.setNode(id, { width: CHARACTER * label.length + PADDING, height })
  }
  for (const processor of processors) {
    const { name, inputs, outputs } = processor
    add(processorId(name), name, processor)
    for (const topic of inputs.filter((input) => input !== NOT_DRAWN)) {
      add(topicId(topic), topic)
      graph.setEdge(topicId(topic), processorId(name))
    }
    for (const topic of outputs) {
      add(topicId(topic), topic)
      graph.setEdge(processorId(name), topicId(topic))
    }
  }
  layout(graph)
  const { width = 0, height = 0 } = graph.graph() as { readonly width?: number; readonly height?: number }
  return {
    nodes: graph.nodes().map((id) => ({ id, ...known.get(id)!, ...placeOf(graph.node(id)) })),
    edges: graph.edges().map(({ v: from, w: to }) => ({
      ...{ id: `${from} ${to}`, from, to },
      points: (graph.edge(from, to) as Pick<GraphEdge, 'points'>).points,
    })),
    width,
    height,
  }
}

function processorId(name: string): string {
  return `processor ${name}`
}

function topicId(name: string): string {
  return `topic ${name}`
}

function placeOf(node: unknown): Pick<GraphNode, 'x' | 'y' | 'width' | 'height'> {
  const { x, y, width, height } = node as Pick<GraphNode, 'x' | 'y' | 'width' | 'height'>
  return { x, y, width, height }
}
