import { writeFileSync } from 'node:fs'
import { processors } from '../subjects/subjects.ts'
import type { Processor, Scorer } from '../processors/processor.ts'
import type { Topic } from '../schemas/topic.ts'
import { forwardedTopicsOf } from '../streams/input/misplaced.ts'

/** Returns docs/topology.md: who reads and writes which topics, from the list of processors. */
export function topologyPage(): string {
  const named = (topics: readonly Topic[]) => topics.map(({ name }) => `\`${name}\``).join(', ')
  const row = (name: string, { purpose, outputs, reevaluateOn = [] }: Processor | Scorer, reads: string) => {
    const reevaluated = reevaluateOn.map(([table, key]) =>
      key === undefined ? `all ${table.name}` : `${table.name} \`${key}\``,
    )
    return `| ${name} | ${purpose} | ${reads} | ${named(outputs)} | ${reevaluated.join(', ') || '–'} |`
  }
  const rows = processors.flatMap((processor) => {
    const inputs = processor.inputs.map(({ topic }) => topic as Topic)
    const reads = `${named(inputs)}${processor.onTimer === undefined ? '' : ', `clock`'}`
    const { scorers = [] } = processor
    const scored = scorers.map((one) => row(`↳ ${one.name}`, one, 'its rows'))
    const outputs = processor.outputs.filter((topic) => !scorers.some((one) => one.outputs.includes(topic)))
    return [row(processor.name, { ...processor, outputs }, reads), ...scored]
  })
  const edges = processors.flatMap(({ name, inputs, outputs }) => [
    ...inputs.map(({ topic }) => `  ${(topic as Topic).name}(["${(topic as Topic).name}"]) --> ${name}`),
    ...outputs.map((topic) => `  ${name} --> ${topic.name}(["${topic.name}"])`),
  ])
  return [
    '# Topology',
    '',
    'Who reads and writes what. Written by `node generators/document-topology.ts` from the list of processors.',
    '',
    '| processor | what it does | reads | writes | re-evaluated on a change of |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
    'A line that begins with ↳ is a scorer: it decides by the rows of the processor above it, in the same task and transaction.',
    '',
    'Every processor also writes its changelog, the journal and, for events that it can’t process, dead letters.',
    '',
    'Events outside their key’s partition go through `misplaced-records`, which every reader of events reads. They are forwarded by:',
    '',
    ...processors.flatMap((processor) => {
      const topics = [...forwardedTopicsOf(processor, processors)]
      return topics.length === 0 ? [] : [`- ${processor.name}: ${named(topics)}`]
    }),
    '',
    'Before removing one of these from the list, or putting another reader of its topics in front of it, let it read them to the end: its successor forwards only what it reads from then on.',
    '',
    '```mermaid',
    'flowchart LR',
    ...new Set(edges),
    '```',
    '',
  ].join('\n')
}

if (import.meta.main) writeFileSync(new URL('../docs/topology.md', import.meta.url), topologyPage())
