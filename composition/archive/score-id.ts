import { decidersOf, type Processor } from '../../processors/processor.ts'

/** What the id of a score says. */
export interface ScoreId {
  readonly processor: Processor
  /** The record that caused the score; `undefined` after a change of settings. */
  readonly cause: { readonly topic: string; readonly partition: number; readonly offset: number } | undefined
  /** The customer, if nothing but a change of settings caused the score. */
  readonly key: string | undefined
}

/**
 * Reads the id of a score: `processor/topic/partition/offset/subject`, or `processor/sweep/settings/key/subject`. Throws
 * if it is not one.
 */
export function parseScoreId(id: string, processors: readonly Processor[]): ScoreId {
  const [decider = '', topic = '', partition = '', offset = '', ...subject] = id.split('/')
  const processor = processors.find((one) => decidersOf(one).some(({ name }) => name === decider))
  if (processor === undefined || subject.length === 0)
    throw new Error(
      `${JSON.stringify(id)} is no id of a score: it begins with the processor and names the record that caused it, as in ` +
        'conversion/visits/0/17/o1. Take it from `GET /customers/{id}/scores` or from the topic scores.',
    )
  if (topic === 'sweep') return { processor, cause: undefined, key: offset }
  if (!/^\d+$/.test(partition) || !/^\d+$/.test(offset))
    throw new Error(`${JSON.stringify(id)} is no id of a score: partition and offset are numbers.`)
  return { processor, cause: { topic, partition: Number(partition), offset: Number(offset) }, key: undefined }
}
