import { clock } from '../../schemas/platform/clock.ts'
import type { Topic } from '../../schemas/topic.ts'

/** Returns the topics that accept events from outside. Clock events come from the platform only. */
export function openTopicsOf(topics: readonly Topic[]): readonly Topic[] {
  return topics.filter((topic) => topic.role === 'input' && topic !== (clock as Topic))
}
