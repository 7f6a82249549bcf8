import { Type, type Static } from 'typebox'
import { nullable } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import type { ApiPorts } from '../ports.ts'
import type { ProcessorNode } from './processor-node.ts'
import type { ProcessorFigures } from './task-board.ts'

const State = Type.Unsafe<'running' | 'restoring' | 'failed'>({
  type: 'string',
  enum: ['running', 'restoring', 'failed'],
})

const Task = Type.Object({
  partition: Type.Integer(),
  thread: nullable(Type.Integer(), 'Number of its stream thread; null if the processors have no threads of their own.'),
  state: State,
  reason: nullable(Type.String(), 'Why it failed; it is tried again.'),
  lag: Type.Integer({ description: 'Records that wait for it.' }),
  oldestAgeSeconds: Type.Integer({ description: 'Age of the oldest of them; 0 if none waits.' }),
})

/** Figures of the tasks in this process. */
const Figures = Type.Object({
  state: Type.Unsafe<Static<typeof State>>({ ...State, description: 'The worst among its tasks.' }),
  eventsPerSecond: Type.Number(),
  scoresPerSecond: Type.Number(),
  latencyMsMedian: nullable(
    Type.Number(),
    'Time from the write of a record to the commit of its results; null if nothing was committed recently.',
  ),
  latencyMsP99: nullable(Type.Number()),
  lag: Type.Integer({ description: 'Records that wait for its tasks.' }),
  oldestAgeSeconds: Type.Integer({ description: 'Age of the oldest of them; 0 if none waits.' }),
  tasks: Type.Array(Task),
})

const Names = Type.Array(Type.String())

const Processor = Type.Object({
  name: Type.String(),
  purpose: Type.String(),
  inputs: Names,
  outputs: Names,
  scorers: Type.Array(Type.Object({ name: Type.String(), purpose: Type.String(), outputs: Names }), {
    description: 'Scorers decide by the rows of the processor, in the same task and transaction.',
  }),
  running: Type.Union([Figures, Type.Null()], { description: 'null if this process runs no task of it.' }),
})

const Answer = Type.Object({
  process: Type.String({ description: 'Host and process id of the process that answers.' }),
  items: Type.Array(Processor),
})

/** Route for the topology: what each processor reads and writes, and what its tasks in this process do. */
export function processorsRoute(server: Server, { metrics, topology, processName }: ApiPorts): void {
  server.get(
    '/processors',
    {
      config: { access: 'operate' },
      schema: {
        tags: ['operations'],
        summary: 'What each processor reads and writes, and how its tasks in this process are doing',
        response: { 200: Answer },
      },
    },
    () => ({ process: processName, items: topology.map((node) => processorJson(node, metrics.processor(node.name))) }),
  )
}

function processorJson(
  { name, purpose, inputs, outputs, scorers }: ProcessorNode,
  figures: ProcessorFigures | undefined,
): Static<typeof Processor> {
  const shown = {
    ...{ name, purpose, inputs: [...inputs], outputs: [...outputs] },
    scorers: scorers.map((scorer) => ({ ...scorer, outputs: [...scorer.outputs] })),
  }
  if (figures === undefined) return { ...shown, running: null }
  const tasks = [...figures.tasks]
  const running = {
    ...figures,
    state: worstOf(tasks.map(({ state }) => state)),
    lag: tasks.reduce((sum, { lag }) => sum + lag, 0),
    oldestAgeSeconds: Math.max(...tasks.map(({ oldestAgeSeconds }) => oldestAgeSeconds)),
    tasks,
  }
  return { ...shown, running }
}

function worstOf(states: readonly Static<typeof State>[]): Static<typeof State> {
  return (['failed', 'restoring'] as const).find((state) => states.includes(state)) ?? 'running'
}
