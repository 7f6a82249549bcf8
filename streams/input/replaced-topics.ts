import type { TopicDescription } from '../../kafka/client.ts'

/**
 * An offset is valid only for one incarnation of a topic, so positions are stored with the topic’s id. Another id means
 * that the topic was deleted and recreated, and an operator must decide what to do.
 */
export class TopicReplacedError extends Error {
  override readonly name = 'TopicReplacedError'
}

export interface Replacement {
  /** Owner of the position, such as `conversion/3`. */
  readonly reader: string
  readonly topic: string
  /** Topic id stored with the position; `undefined` if unknown. */
  readonly before: string | undefined
  readonly now: string
  /** Further consequences for the message, beside the lost position. */
  readonly also?: string
}

export function topicReplaced({ reader, topic, before, now, also = '' }: Replacement): TopicReplacedError {
  return new TopicReplacedError(
    `${reader}: the topic ${topic} was deleted and recreated (its id is ${now}${before === undefined ? '' : `, and was ${before}`}), so that the ` +
      `position in the old one is void. ${also}Reading stops until you choose: to read the new topic from its beginning, start with ` +
      `ACCEPTED_TOPICS=${acceptance(topic, now)}; if it should not have been replaced, stop and bring the old one back.`,
  )
}

/** Returns a topic’s entry in ACCEPTED_TOPICS. With the topic id, it does not accept a later replacement. */
export function acceptance(topic: string, topicId: string): string {
  return `${topic}:${topicId}`
}

/**
 * Returns whether to read a topic from the beginning, because it was replaced since the position was stored and the
 * replacement was accepted. Throws if it was replaced and not accepted.
 */
export function isReplaced(replacement: Replacement, accepted: ReadonlySet<string>): boolean {
  const { topic, before, now } = replacement
  if (before === undefined || before === now) return false
  if (accepted.has(acceptance(topic, now))) return true
  throw topicReplaced(replacement)
}

/** Returns topic ids by name. Throws if a topic is missing. */
export function idsOf(names: readonly string[], described: readonly TopicDescription[]): ReadonlyMap<string, string> {
  const ids = new Map(described.map(({ name, topicId }) => [name, topicId]))
  for (const name of names)
    if (!ids.has(name))
      throw new Error(`There is no topic ${name}: bring it back, or create it with \`scoreline topics\`.`)
  return ids
}
