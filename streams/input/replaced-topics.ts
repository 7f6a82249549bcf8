import type { TopicDescription } from '../../kafka/client.ts'

/**
 * A position means something in one incarnation of a topic only: whoever keeps one keeps the topic's id with it. A topic with another id was deleted
 * and made anew, and what to do about that is for people to decide.
 */
export class TopicReplacedError extends Error {
  override readonly name = 'TopicReplacedError'
}

export interface Replacement {
  /** Who has the position, as in `conversion/3`. */
  readonly reader: string
  readonly topic: string
  /** The id that the position is of; `undefined`: not known. */
  readonly before: string | undefined
  readonly now: string
  /** What is lost or wrong, beside the position. */
  readonly also?: string
}

export function topicReplaced({ reader, topic, before, now, also = '' }: Replacement): TopicReplacedError {
  return new TopicReplacedError(
    `${reader}: the topic ${topic} was deleted and made anew (its id is ${now}${before === undefined ? '' : `, and was ${before}`}), so that the position ` +
      `in the old one means nothing. ${also}Nothing is read until somebody chooses: to read the new topic from its beginning, start with ` +
      `ACCEPTED_TOPICS=${acceptance(topic, now)}; if it should not have been replaced, stop and bring the old one back.`,
  )
}

/** How a replaced topic is named in ACCEPTED_TOPICS: with its id, so that a later replacement is not accepted by it. */
export function acceptance(topic: string, topicId: string): string {
  return `${topic}:${topicId}`
}

/** Throws where the topic is another than the one that the position is of, unless that was accepted. Returns whether it begins anew. */
export function isReplaced(replacement: Replacement, accepted: ReadonlySet<string>): boolean {
  const { topic, before, now } = replacement
  if (before === undefined || before === now) return false
  if (accepted.has(acceptance(topic, now))) return true
  throw topicReplaced(replacement)
}

/** The topics' ids by name; throws for one that is not there. */
export function idsOf(names: readonly string[], described: readonly TopicDescription[]): ReadonlyMap<string, string> {
  const ids = new Map(described.map(({ name, topicId }) => [name, topicId]))
  for (const name of names)
    if (!ids.has(name)) throw new Error(`There is no topic ${name}: bring it back, or create it with \`scoreline topics\`.`)
  return ids
}
