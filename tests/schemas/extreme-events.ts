/** Events that are as odd as the platform accepts, of few customers, so that they meet. */
import fc from 'fast-check'
import { checkEvent, EVENT_BYTES_MAX, TIME_MIN_MS } from '../../schemas/check-event.ts'
import { codecOf } from '../../schemas/avro/codec.ts'
import { releasedRegistry } from '../../schemas/release/registry.ts'
import { IDENTIFIER_BYTES_MAX, identifier, type Envelope } from '../../schemas/avro/schema.ts'
import type { Topic } from '../../schemas/topic.ts'
import { topics } from '../../subjects/subjects.ts'
import { extremeValue, incompressible, largest, type ExtremeConstraints } from './extreme-value.ts'

const DAY_MS = 86_400_000

export const inputTopics = topics.filter(({ role }) => role === 'input')

/**
 * Ids of customers, opportunities, calls and everything else: events that share them meet in one state, row or list.
 */
export const sharedIds = [
  '__proto__',
  'constructor',
  'toString',
  '../..',
  '%00%2F?a=b#c',
  ' ',
  "'; drop table scores; --",
  '\u202e👩‍👩‍👧‍👦\ufeff',
  '\uffff',
  incompressible(IDENTIFIER_BYTES_MAX),
  '客'.repeat(IDENTIFIER_BYTES_MAX / 3) + 'ab',
  '🏦'.repeat(IDENTIFIER_BYTES_MAX / 4),
]

/** Generates an event of the topic that every entry point accepts at the time `now`, ms. */
export function extremeEvent(topic: Topic, now: number, constraints?: ExtremeConstraints): fc.Arbitrary<Envelope> {
  const ids = Object.entries(topic.schema.fields).flatMap(([name, schema]) =>
    isIdentifier(schema) && name !== 'id' ? [name] : [],
  )
  const shared = fc.record(Object.fromEntries(ids.map((name) => [name, fc.constantFrom(...sharedIds)])))
  const occurredAt = fc.oneof(
    fc.constantFrom(TIME_MIN_MS, -1, 0, Date.UTC(2000, 1, 29), now - 1, now, now + DAY_MS - 60_000),
    fc.integer({ min: now - 90 * DAY_MS, max: now }),
  )
  // Mostly a new event, now and then a repeated one.
  const id = fc.oneof({ weight: 6, arbitrary: fc.uuid() }, { weight: 1, arbitrary: fc.constantFrom(...sharedIds) })
  return fc
    .record({
      value: extremeValue(topic.schema, constraints),
      shared,
      some: fc.integer({ min: 0, max: 9 }),
      id,
      occurredAt,
    })
    .map(({ value, shared, some, id, occurredAt }) => ({
      ...(value as Envelope),
      ...(some < 8 ? shared : {}),
      id,
      occurredAt,
    }))
    .filter((event) => codecOf(topic, releasedRegistry).encode(event).length <= EVENT_BYTES_MAX)
}

function isIdentifier(schema: unknown): boolean {
  return (schema as typeof identifier).rule === identifier.rule
}

/** Returns the given number of events of each topic; the same seed gives the same events. */
export function extremeEvents(
  of: readonly Topic[],
  each: number,
  { seed, now }: { readonly seed: number; readonly now: number },
) {
  const events = of.flatMap((topic, index) => [
    ...sampled(topic, extremeEvent(topic, now), each, seed + index),
    ...sampled(topic, extremeEvent(topic, now, largest), 2, seed + index),
  ])
  for (const { topic, value } of events) checkEvent(topic, value, { key: topic.keyOf(value), writtenAt: now })
  // Shuffled, so that no event is always the last one.
  return fc.sample(fc.shuffledSubarray(events, { minLength: events.length }), { numRuns: 1, seed })[0]!
}

function sampled(topic: Topic, arbitrary: fc.Arbitrary<Envelope>, numRuns: number, seed: number) {
  return fc.sample(arbitrary, { numRuns, seed }).map((value) => ({ topic, value }))
}
