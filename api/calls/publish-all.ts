import type { Envelope } from '../../schemas/avro/schema.ts'
import type { Topic } from '../../schemas/topic.ts'
import { ProblemError } from '../http/problem.ts'
import type { ApiPorts } from '../ports.ts'

/**
 * Publishes the events, all or none. On failure throws the problem `unavailable`, with a detail that begins with
 * `sorry`.
 */
export async function publishAll(
  { publish }: Pick<ApiPorts, 'publish'>,
  topic: Topic,
  events: readonly Envelope[],
  failureDetail: string,
): Promise<void> {
  if (events.length === 0) return
  try {
    await publish(topic, events)
  } catch (error) {
    throw new ProblemError('unavailable', `${failureDetail}: ${(error as Error).message}`)
  }
}
