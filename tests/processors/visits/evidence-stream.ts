import { visitComparison } from '../../../processors/visits/visit-comparison.ts'
import { visitFactsProcessor } from '../../../processors/visits/visit-facts.ts'
import { visitVerdicts } from '../../../processors/visits/visit-verdicts.ts'
import type { Globals, Processor } from '../../../processors/processor.ts'
import type { Envelope } from '../../../schemas/avro/schema.ts'
import { codecOf } from '../../../schemas/avro/codec.ts'
import { releasedRegistry } from '../../../schemas/release/registry.ts'
import type { Message, Topic } from '../../../schemas/topic.ts'
import { customerPlaces, type CustomerPlace } from '../../../schemas/visits/places.ts'
import { visitAssessments, type VisitAssessment } from '../../../schemas/visits/visit-assessments.ts'
import { visits, type Visit } from '../../../schemas/visits/visits.ts'
import { createReplay, noGlobals, type ReplayInput } from '../../../streams/replay/replay.ts'

/** The visit processors in a chain, without a broker. */
export interface EvidenceStream {
  visit(...told: readonly Visit[]): Promise<void>
  place(...places: readonly CustomerPlace[]): Promise<void>
  send(topic: Topic, ...events: readonly unknown[]): Promise<void>
  reevaluate(globals: Globals): Promise<void>
  /** Last published assessment by visit. */
  readonly assessments: ReadonlyMap<string, VisitAssessment>
  /** Number of messages by topic. */
  readonly counts: ReadonlyMap<string, number>
  readonly refused: readonly string[]
}

export function evidenceStream({
  globals = noGlobals,
  batchSize = 7,
  onMessage = () => {},
}: {
  readonly globals?: Globals
  readonly batchSize?: number
  readonly onMessage?: (message: Message) => void
} = {}): EvidenceStream {
  let current = globals
  const runs = [visitFactsProcessor, visitComparison, visitVerdicts].map((processor) => ({
    processor,
    run: createReplay(processor, { batchSize }),
  }))
  const assessments = new Map<string, VisitAssessment>()
  const counts = new Map<string, number>()

  function take(messages: readonly Message[]): void {
    for (const one of messages) {
      const { topic, value } = one
      onMessage(one)
      counts.set(topic.name, (counts.get(topic.name) ?? 0) + 1)
      if (topic !== (visitAssessments as Topic)) continue
      const assessment = value as VisitAssessment
      assessments.set(assessment.visitId, assessment)
    }
  }

  async function pass(inputs: readonly ReplayInput[], after?: Processor): Promise<void> {
    let waiting = inputs
    const start = after === undefined ? 0 : runs.findIndex(({ processor }) => processor === after) + 1
    for (const { processor, run } of runs.slice(start)) {
      const topics = processor.inputs.map(({ topic }) => topic as Topic)
      const messages = await run.run(
        waiting.filter(({ topic }) => topics.includes(topic)),
        current,
      )
      take(messages)
      waiting = [...waiting, ...messages.map(asInput)]
    }
  }

  return {
    visit: (...told) => pass(told.map((value) => ({ topic: visits as Topic, value }))),
    place: (...places) => pass(places.map((value) => ({ topic: customerPlaces as Topic, value }))),
    send: (topic, ...events) => pass(events.map((value) => ({ topic, value }))),
    async reevaluate(globalsNow) {
      current = globalsNow
      for (const { processor, run } of runs) {
        const messages = await run.reevaluate(current)
        take(messages)
        await pass(messages.map(asInput), processor)
      }
    },
    assessments,
    counts,
    get refused() {
      return runs.flatMap(({ run }) => run.refused.map(({ failure }) => failure.message))
    },
  }
}

/** Decodes a message from its bytes, as a reader does. */
function asInput({ topic, value }: Message): ReplayInput {
  const codec = codecOf(topic, releasedRegistry)
  return { topic, value: codec.decode(codec.encode(value)) as Envelope }
}
